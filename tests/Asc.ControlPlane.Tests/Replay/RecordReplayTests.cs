using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Replay;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Google.Protobuf.WellKnownTypes;

namespace Asc.ControlPlane.Tests.Replay;

/// <summary>One record under another policy.</summary>
internal sealed class RecordReplayTests
{
    private static readonly CompiledPolicy Recorded = Compile(["a", "b"]);

    [Test]
    public void What_was_permitted_and_is_denied_is_newly_denied_by_a_rule()
    {
        var replayed = Replay(Compile(["a", "b"], allowed: ["a"]), Served());
        Assert.That((replayed.Kind, replayed.After.Code, replayed.After.Rule, replayed.After.Origin), Is.EqualTo((ReplayKind.NewlyDenied, "model_not_allowed", "models.allow", "acme")));
        Assert.That(replayed.Before.First, Is.EqualTo(new Deployment("a", "eu", "a-1", "eu")));
    }

    [Test]
    public void What_was_denied_and_is_permitted_is_newly_permitted()
    {
        var replayed = Replay(Recorded, Denied("model_not_allowed"), recorded: Compile(["a", "b"], allowed: ["a"]));
        Assert.That((replayed.Kind, replayed.Before.Rule, replayed.After.First?.Model), Is.EqualTo((ReplayKind.NewlyPermitted, "models.allow", "a")));
    }

    [Test]
    public void What_goes_to_another_deployment_first_is_rerouted_and_what_failed_later_is_not_asked()
    {
        var failed = Served();
        (failed.Outcome, failed.Code, failed.ServedModel) = (Outcome.Failed, "provider_error", "b");
        Assert.That(Replay(Compile(["a", "b"]), failed).Kind, Is.EqualTo(ReplayKind.Unchanged));
        var replayed = Replay(Compile(["b", "a"]), failed);
        Assert.That((replayed.Kind, replayed.After.First?.Model), Is.EqualTo((ReplayKind.Rerouted, "b")));
    }

    [Test]
    public void Another_denial_is_no_news_and_told_all_the_same()
    {
        var before = Compile(["a", "b"], allowed: ["a"]);
        Assert.That(Replay(Compile(["a", "b"], allowed: []), Denied("model_not_allowed"), recorded: before).Kind, Is.EqualTo(ReplayKind.Unchanged));
        Assert.That(Replay(Compile(["a", "b"], allowed: ["a"], regions: []), Denied("model_not_allowed"), recorded: before).Kind, Is.EqualTo(ReplayKind.DeniedOtherwise));
    }

    [TestCase(60UL, ReplayKind.Unchanged)]
    [TestCase(120UL, ReplayKind.MayPass)]
    [TestCase(0UL, ReplayKind.MayPass)]
    public void What_a_limit_refused_may_pass_where_it_is_raised_or_gone_and_nobody_knows(ulong now, ReplayKind expected)
    {
        var refused = Denied("rate_limited");
        refused.Inputs = new() { RefusedLimit = new() { Rule = "limits.requestsPerMinute", Origin = "acme", Counted = "acme", Value = 60, RetryAfterMs = 1000 } };

        var replayed = Replay(Compile(["a", "b"], requestsPerMinute: (long)now), refused, Compile(["a", "b"], requestsPerMinute: 60));

        Assert.That((replayed.Kind, replayed.Before.Rule), Is.EqualTo((expected, "limits.requestsPerMinute")));
    }

    [TestCase(60, ReplayKind.Unchanged)]
    [TestCase(120, ReplayKind.MayPass)]
    [TestCase(null, ReplayKind.MayPass)]
    public void What_the_limit_of_a_model_refused_may_pass_likewise(int? now, ReplayKind expected)
    {
        var refused = Denied("rate_limited");
        refused.Inputs = new() { RefusedLimit = new() { Rule = "limits.requestsPerMinute", Counted = "a", Value = 60, RetryAfterMs = 1000 } };

        Assert.That(Replay(Compile(["a"], ofA: now), refused, Compile(["a"], ofA: 60)).Kind, Is.EqualTo(expected));
    }

    [Test]
    public void A_limit_of_some_models_that_stays_does_not_refuse_what_another_limit_refused()
    {
        static CompiledPolicy Of(long own, long ofC, LimitsDocument? perKey = null) => Compile(["a"], requestsPerMinute: own, limits: limits => limits with { Models = [new(["c"], new(ofC))], PerKey = perKey ?? LimitsDocument.None });
        var refused = Limited("Tenant", "acme", "acme", 60);

        Assert.That(Replay(Of(6000, 6), refused, Of(60, 6)).Kind, Is.EqualTo(ReplayKind.MayPass));
        Assert.That(Replay(Of(6000, 6, new(6)), refused, Of(60, 6)).Kind, Is.EqualTo(ReplayKind.MayPass), "nor does a limit of each key");
        Assert.That(Replay(Of(60, 600), refused, Of(60, 6)).Kind, Is.EqualTo(ReplayKind.Unchanged));
    }

    [Test]
    public void A_limit_of_some_models_or_of_each_key_is_compared_with_itself()
    {
        static CompiledPolicy Of(long own, long ofChat, long perKey, string pattern = "chat") =>
            Compile(["a"], requestsPerMinute: own, limits: limits => limits with { Models = [new([pattern], new(ofChat))], PerKey = new(perKey) });
        var (before, byModels, byKey) = (Of(6, 60, 60), Limited("TenantModels", "acme", "acme", 60, "chat"), Limited("TenantKey", "acme", "k_1", 60));

        Assert.That(Replay(Of(6, 60, 600), byModels, before).Kind, Is.EqualTo(ReplayKind.Unchanged));
        Assert.That(Replay(Of(6, 600, 6), byModels, before).Kind, Is.EqualTo(ReplayKind.MayPass));
        Assert.That(Replay(Of(6, 60, 6, "a"), byModels, before).Kind, Is.EqualTo(ReplayKind.MayPass), "other models' is another limit");
        Assert.That(Replay(Of(6, 6, 60), byKey, before).Kind, Is.EqualTo(ReplayKind.Unchanged));
        Assert.That(Replay(Of(6, 6, 600), byKey, before).Kind, Is.EqualTo(ReplayKind.MayPass));
    }

    [Test]
    public void A_limit_of_a_workload_is_compared_with_itself()
    {
        static CompiledPolicy Of(long? ofInteractive) => Compile(["a"], requestsPerMinute: 6, workload: new("interactive") { Limits = new(ofInteractive) });
        var refused = Limited("TenantWorkload", "", "workload interactive in acme", 60, "interactive");

        Assert.That(Replay(Of(60), refused, Of(60)).Kind, Is.EqualTo(ReplayKind.Unchanged));
        Assert.That(Replay(Of(600), refused, Of(60)).Kind, Is.EqualTo(ReplayKind.MayPass));
        Assert.That(Replay(Of(null), refused, Of(60)).Kind, Is.EqualTo(ReplayKind.MayPass));
    }

    [Test]
    public void A_model_that_is_gone_limits_nothing_and_a_limit_that_is_only_observed_refuses_nothing()
    {
        var byModel = Limited("Model", "", "gone", 60);
        Assert.That(new RecordReplay(Recorded).Replay("acme", byModel, null).Kind, Is.EqualTo(ReplayKind.NotJudged), "without the version that judged nothing says more");

        var byTenant = Limited("Tenant", "acme", "acme", 60);
        Assert.That(Replay(Compile(["a"], requestsPerMinute: 60, observe: ObservedRules.Limits), byTenant, Compile(["a"], requestsPerMinute: 60)).Kind, Is.EqualTo(ReplayKind.MayPass));
    }

    [Test]
    public void A_limit_that_was_only_observed_refuses_where_it_is_enforced()
    {
        var served = Served();
        served.Inputs = new() { ObservedLimit = Limited("Tenant", "acme", "acme", 60).Inputs.RefusedLimit };

        Assert.That(Replay(Compile(["a"], requestsPerMinute: 60), served, Compile(["a"], requestsPerMinute: 60, observe: ObservedRules.Limits)).Kind, Is.EqualTo(ReplayKind.NewlyDenied));
    }

    private static ExecutionRecord Limited(string scope, string origin, string counted, ulong value, string part = "")
    {
        var refused = Denied("rate_limited");
        refused.Inputs = new() { RefusedLimit = new() { Rule = "limits.requestsPerMinute", Origin = origin, Counted = counted, Value = value, RetryAfterMs = 1000, Scope = scope, Part = part } };
        return refused;
    }

    [Test]
    public void What_a_key_s_own_limit_refused_no_policy_permits()
    {
        var refused = Denied("rate_limited");
        refused.Inputs = new() { RefusedLimit = new() { Rule = "limits.requestsPerMinute", Counted = "k_1", Value = 60, RetryAfterMs = 1000 } };

        Assert.That(Replay(Recorded, refused).Kind, Is.EqualTo(ReplayKind.Unchanged));
    }

    [TestCase("key_revoked")]
    [TestCase("invalid_request")]
    [TestCase("request_too_large")]
    public void What_no_policy_judged_is_left_out(string code) => Assert.That(Replay(Compile([]), Denied(code)).Kind, Is.EqualTo(ReplayKind.NotJudged));

    [Test]
    public void Without_a_verified_key_nothing_was_judged() =>
        Assert.That(new RecordReplay(Recorded).Replay("", Denied("invalid_api_key"), Recorded).Kind, Is.EqualTo(ReplayKind.NotJudged));

    [TestCase("POST /v1/chat/completions", ReplayKind.NewlyDenied)]
    [TestCase("POST /v1/embeddings", ReplayKind.Unchanged)]
    [TestCase("", ReplayKind.Unchanged, TestName = "What the record doesn't say is kept from nothing")]
    public void A_request_is_of_its_endpoint_s_kind(string endpoint, ReplayKind expected)
    {
        var served = Served();
        served.Endpoint = endpoint;
        var replayed = Replay(Compile(["a"], able: Capabilities.Embeddings), served, Compile(["a"]));
        Assert.That((replayed.Kind, replayed.After.Rule), Is.EqualTo((expected, expected == ReplayKind.NewlyDenied ? "model.capabilities" : "")));
    }

    [Test]
    public void A_tenant_that_is_gone_is_denied()
    {
        var replayed = new RecordReplay(Compile(["a"])).Replay("gone", Served(), null);
        Assert.That((replayed.Kind, replayed.After.Code, replayed.After.Rule), Is.EqualTo((ReplayKind.NewlyDenied, "invalid_api_key", "tenant.defined")));
    }

    [Test]
    public void Without_the_version_that_judged_it_the_record_is_believed_and_the_first_call_is_what_was_chosen()
    {
        Assert.That(new RecordReplay(Recorded).Replay("acme", Served(), null).Kind, Is.EqualTo(ReplayKind.Unchanged));
        var second = Served();
        (second.ServedModel, second.UpstreamModel) = ("b", "b-1");
        second.Tries.Add(new ProviderAttempt { Model = "a", Provider = "eu", UpstreamModel = "a-1", ProcessingRegion = "eu", Code = "provider_error" });
        Assert.That(new RecordReplay(Recorded).Replay("acme", second, null).Kind, Is.EqualTo(ReplayKind.Unchanged));
        second.Tries.Clear();
        Assert.That(new RecordReplay(Recorded).Replay("acme", second, null).Kind, Is.EqualTo(ReplayKind.Rerouted));

        var denied = Denied("model_not_allowed");
        Assert.That(new RecordReplay(Recorded).Replay("acme", denied, null).Kind, Is.EqualTo(ReplayKind.NotJudged));
        denied.Rule = "models.allow";
        Assert.That(new RecordReplay(Recorded).Replay("acme", denied, null).Kind, Is.EqualTo(ReplayKind.NewlyPermitted));
    }

    [Test]
    public void A_request_that_was_refused_unread_is_judged_by_its_caller()
    {
        var nowhere = Compile(["a", "b"], regions: ["us"]);
        var unread = Denied("residency_violation");
        unread.RequestedModel = "";
        Assert.That(Replay(Recorded, unread, recorded: nowhere).Kind, Is.EqualTo(ReplayKind.NewlyPermitted));
        Assert.That(Replay(nowhere, unread, recorded: nowhere).Kind, Is.EqualTo(ReplayKind.Unchanged));
    }

    [Test]
    public void A_switch_that_was_on_is_on()
    {
        var disabled = Denied("model_not_allowed");
        disabled.Inputs = new() { DisabledModels = { "chat" } };
        Assert.That(Replay(Compile(["b", "a"]), disabled).Kind, Is.EqualTo(ReplayKind.Unchanged));
    }

    [Test]
    public void Usage_is_priced_exactly_by_what_both_policies_choose()
    {
        var served = Served();
        served.Usage = new() { Input = 7, CachedRead = 3, CacheWrite = 2, Output = 5 };
        // (9 × 0.25 + 3 × 0.025 + 5 × 2) / 10^6 = 0.000012325; b: (9 × 1 + 3 × 1 + 5 × 3.000000001) / 10^6, rounded up once.
        var rerouted = Replay(Compile(["b", "a"]), served).Cost;
        Assert.That((rerouted.Before?.Amount, rerouted.After?.Amount, rerouted.After?.Currency), Is.EqualTo(("0.000012325", "0.000027001", "USD")));

        var denied = Replay(Compile(["a"], allowed: []), served).Cost;
        Assert.That((denied.Before?.Amount, denied.After, denied.IsUnpriced), Is.EqualTo(("0.000012325", (NanoAmount?)null, false)));
        Assert.That(Replay(Compile(["c"]), served).Cost, Is.EqualTo(new ReplayCost(null, null, true)), "c has no price");
        served.StartedAt = Timestamp.FromDateTimeOffset(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.That(Replay(Recorded, served).Cost.IsUnpriced, "no price had begun");
        served.Usage = new();
        Assert.That(Replay(Recorded, served).Cost, Is.EqualTo(default(ReplayCost)), "nothing was used");
    }

    [TestCase(0, "0")]
    [TestCase(125_000, "0.000125")]
    [TestCase(-1_500_000_000, "-1.5")]
    [TestCase(9_000_000_000_000_000_001, "9000000000.000000001")]
    public void Amounts_are_exact_decimals(long nano, string expected) => Assert.That(new NanoAmount(nano, "USD").Amount, Is.EqualTo(expected));

    private static Replayed Replay(CompiledPolicy against, ExecutionRecord record, CompiledPolicy? recorded = null) => new RecordReplay(against).Replay("acme", record, recorded ?? Recorded);

    private static ExecutionRecord Served() => new()
    {
        Id = "r", StartedAt = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)), Region = "eu", RequestedModel = "chat", Outcome = Outcome.Ok,
        ServedModel = "a", Provider = "eu", UpstreamModel = "a-1", ProcessingRegion = "eu", PolicyVersion = 1,
    };

    private static ExecutionRecord Denied(string code) => new()
    {
        Id = "r", StartedAt = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)), Region = "eu", RequestedModel = "chat", Outcome = Outcome.Denied, Code = code, PolicyVersion = 1,
    };

    private static CompiledPolicy Compile(string[] targets, string[]? allowed = null, string[]? regions = null, long requestsPerMinute = 0, long? ofA = null,
        Func<TenantLimitsDocument, TenantLimitsDocument>? limits = null, WorkloadDocument? workload = null, ObservedRules observe = ObservedRules.None, Capabilities? able = null) => PolicyCompiler.Compile(
        new PolicyDocument(
            [new ProviderDocument("eu", ProviderProtocol.OpenAi, "https://eu.example", "s", "eu")],
            [Model("a", "0.25", "0.025", "2") with { Limits = new(ofA), Capabilities = able }, Model("b", "1", "", "3.000000001"), new ModelDocument("c", [new("eu", "c-1")])],
            [new RouteDocument("chat", [.. targets.Select(target => new RouteTargetDocument(target))])],
            [new TenantDocument("acme", [.. allowed ?? ["chat"]], [], [.. regions ?? ["eu"]], "t") { Limits = (limits ?? (own => own))(requestsPerMinute == 0 ? TenantLimitsDocument.None : TenantLimitsDocument.None with { Own = new(requestsPerMinute) }), Observe = observe }]) { Workloads = workload is null ? [] : [workload] },
        1);

    private static ModelDocument Model(string name, string input, string cached, string output) => new(name, [new("eu", name + "-1")]) { Prices = [new("2026-01-01", "USD", input, cached, output)] };
}
