using System.Collections.Immutable;
using Asc.Policy.Comparison;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Tests;

public sealed class AttributionTests
{
    private static readonly PolicyDocument Document = new(
        [
            new("openai-eu", ProviderProtocol.OpenAi, "https://eu.example/v1", "eu", "eu") { Attestations = ["hipaa-baa", "zdr"] },
            new("openai-us", ProviderProtocol.OpenAi, "https://us.example/v1", "us", "us") { Attestations = ["hipaa-baa"] },
        ],
        [new("small", [new("openai-us", "small-us"), new("openai-eu", "small-eu", Attestations: ["zdr"])]), new("large", [new("openai-us", "large-us"), new("openai-eu", "large-eu")])],
        [new("chat", [new("large")]), new("chat-cheap", [new("small")])],
        [
            new("acme", ["*"], AllowedRegions: ["eu", "us"])
            {
                Tags = Tags(["bu"], ("env", ["prod", "test", "dev"]), ("env", "prod")),
                Workloads = new(["interactive", "batch", "night"], null),
                DataClasses = Classes([], ("phi", ["hipaa-baa"]), ("pii", [])),
            },
            new("acme/health") { Tags = Tags(["case"], ("env", ["prod", "test"]), default), Workloads = new(["batch", "night"], "batch"), DataClasses = Classes(["pii"], ("phi", ["zdr"])) },
        ])
    {
        Workloads = [new("night", DeniedModels: ["large"], Routes: ImmutableSortedDictionary<string, string>.Empty.Add("chat", "chat-cheap"))],
    };

    // who, tags, workload, data classes; then code, rule, origin
    [TestCase("acme", "bu=onc", null, null, "", PolicyRule.None, null)]
    [TestCase("acme", "", null, null, "tag_required", PolicyRule.TagsRequire, "acme")]
    [TestCase("acme", "bu=onc,env=stage", null, null, "tag_not_allowed", PolicyRule.TagsAllow, "acme")]
    [TestCase("acme", "bu=onc,env=dev", null, null, "", PolicyRule.None, null)]
    [TestCase("acme/health", "bu=onc,case=7,env=dev", null, null, "tag_not_allowed", PolicyRule.TagsAllow, "acme/health")]
    [TestCase("acme/health", "bu=onc", null, null, "tag_required", PolicyRule.TagsRequire, "acme/health")]
    [TestCase("acme/health", "case=7", null, null, "tag_required", PolicyRule.TagsRequire, "acme")]
    [TestCase("acme/health", "bu=onc,case=7", null, null, "", PolicyRule.None, null)]
    [TestCase("acme/health", "bu=onc,case=7", "interactive", null, "workload_not_allowed", PolicyRule.WorkloadsAllow, "acme/health")]
    [TestCase("acme/health", "bu=onc,case=7", "agent", null, "workload_not_allowed", PolicyRule.WorkloadsAllow, "acme")]
    [TestCase("acme/health", "bu=onc,case=7", "nihgt", null, "workload_not_allowed", PolicyRule.WorkloadDefined, null)]
    [TestCase("acme", "bu=onc", null, "hr", "invalid_request", PolicyRule.DataClassDefined, null)]
    [TestCase("acme", "bu=onc", null, "phi", "", PolicyRule.None, null)]
    public void A_request_is_judged_by_what_it_says(string tenant, string tags, string? workload, string? dataClass, string code, PolicyRule rule, string? origin)
    {
        var decision = PolicyEvaluator.Evaluate(Facts(tenant, "large", tags, workload, dataClass));
        Assert.That((decision.Code.WireName(), decision.Rule, decision.Origin?.Path), Is.EqualTo((code, rule, origin)));
    }

    [TestCase("acme", "large", null, "large-us")]
    [TestCase("acme", "large", "phi", "large-us")]
    [TestCase("acme/health", "large", "phi", "large-eu", Description = "both tenants' demands")]
    [TestCase("acme/health", "large", "pii", "large-us")]
    [TestCase("acme/health", "small", "phi", null, Description = "what a deployment says of itself stands in place of its provider's")]
    [TestCase("acme", "small", "phi", "small-us")]
    public void Data_goes_where_what_it_demands_is_attested(string tenant, string model, string? dataClass, string? upstream)
    {
        var decision = PolicyEvaluator.Evaluate(Facts(tenant, model, "bu=onc,case=7", null, dataClass));
        Assert.That(decision.Candidate?.UpstreamModel, Is.EqualTo(upstream));
        Assert.That((decision.Code, decision.Rule), Is.EqualTo(upstream is null ? (ErrorCode.AttestationRequired, PolicyRule.Attestations) : (ErrorCode.None, PolicyRule.None)));
    }

    [TestCase("chat", null, "large-us")]
    [TestCase("chat", "night", "small-us")]
    [TestCase("large", "night", null)]
    public void A_workload_is_served_in_its_own_way(string asked, string? workload, string? upstream)
    {
        var decision = PolicyEvaluator.Evaluate(Facts("acme", asked, "bu=onc", workload, null));
        Assert.That((decision.Candidate?.UpstreamModel, decision.Rule), Is.EqualTo((upstream, upstream is null ? PolicyRule.WorkloadModels : PolicyRule.None)));
    }

    [Test]
    public void What_serves_in_another_s_place_may_be_denied_and_switched_off_itself()
    {
        var facts = Facts("acme", "chat", "bu=onc", "night", null);
        var off = PolicyEvaluator.Evaluate(facts with { Switches = new(1, [], ["chat-cheap"], []) });
        Assert.That((off.Code, off.Rule), Is.EqualTo((ErrorCode.NoHealthyTarget, PolicyRule.ModelEnabled)));

        var forbidding = Document with { Workloads = [Document.Workloads[0] with { DeniedModels = ["chat-cheap"] }] };
        var forbidden = Facts("acme", "chat", "bu=onc", "night", null, document: forbidding);
        Assert.That(PolicyEvaluator.Evaluate(forbidden).Rule, Is.EqualTo(PolicyRule.WorkloadModels));
        Assert.That(
            PolicyExplainer.Explain(PolicyCompiler.Compile(forbidding, 1), forbidden, "chat", "eu").WouldPassIf,
            Is.EqualTo(new[] { "models.deny of the Workload night no longer names chat-cheap" }));

        var denying = Document with { Tenants = [.. Document.Tenants.Select(tenant => tenant.Path == "acme" ? tenant with { DeniedModels = ["chat-cheap"] } : tenant)] };
        Assert.That(PolicyEvaluator.Evaluate(Facts("acme", "chat", "bu=onc", "night", null, document: denying)).Rule, Is.EqualTo(PolicyRule.ModelsDeny));
        Assert.That(PolicyEvaluator.Evaluate(Facts("acme", "chat", "bu=onc", null, null, document: denying)).IsAllowed, Is.True);
    }

    [TestCase("", null, null, PolicyRule.None, TestName = "A_key_says_what_its_request_need_not")]
    [TestCase("bu=onc", "night", null, PolicyRule.None, TestName = "A_request_may_repeat_what_its_key_says")]
    [TestCase("bu=cardio", null, null, PolicyRule.KeyTags, TestName = "A_request_may_not_change_a_bound_tag")]
    [TestCase("", "batch", null, PolicyRule.KeyWorkloads, TestName = "A_request_may_not_leave_its_key_s_workloads")]
    public void A_key_binds(string tags, string? workload, string? dataClass, PolicyRule rule)
    {
        var key = new KeyAttribution([new("bu", "onc")], ["night"], ["phi"]);
        var facts = Facts("acme", "small", tags, workload, dataClass, key);
        Assert.That(PolicyEvaluator.Evaluate(facts).Rule, Is.EqualTo(rule));
        Assert.That((facts.Tags.Find("bu"), facts.Workload.Name), Is.EqualTo(("onc", workload ?? "night")), "the bound value stands");
        Assert.That(Policy().DataClasses.NamesIn(facts.DataClasses), Is.EqualTo(new[] { "phi" }));
    }

    [Test]
    public void A_key_s_class_that_nobody_has_a_rule_for_any_more_lets_nothing_pass()
    {
        var decision = PolicyEvaluator.Evaluate(Facts("acme", "small", "bu=onc", null, null, new([], [], ["secret"])));
        Assert.That((decision.Code, decision.Rule), Is.EqualTo((ErrorCode.InvalidRequest, PolicyRule.DataClassDefined)));
        Assert.That(PolicyEvaluator.Evaluate(Facts("acme", "small", "bu=onc", null, null, new([], ["gone"], []))).Rule, Is.EqualTo(PolicyRule.KeyWorkloads), "nor does a workload");
    }

    [TestCase("acme/health", "large", "env=dev", "interactive", "hr", null, "the tag env is one of prod, test, or tags.allow of acme/health includes env=dev", "the request carries the tag bu (x-asc-tags: bu=…)", "the request carries the tag case (x-asc-tags: case=…)",
        "the request is batch (x-asc-workload), or workloads.allow of acme/health includes interactive", "dataClasses.rules of acme/health or a tenant above it defines hr")]
    [TestCase("acme/health", "small", "bu=onc,case=7", null, "phi", null, "either small gets a deployment that attests hipaa-baa and zdr, or small-us of openai-us attests zdr; or small-eu of openai-eu attests hipaa-baa")]
    [TestCase("acme", "large", "bu=onc", "night", null, null, "models.deny of the Workload night no longer names large")]
    [TestCase("acme", "small", "bu=cardio", "batch", null, "night", "the request leaves the tag bu to its key, which is bound to onc", "the request is night (x-asc-workload), or a key of the tenant that is not narrowed, or is narrowed to batch, asks")]
    [TestCase("acme", "small", "bu=onc", "no-such", null, null, "the request is batch or interactive or night (x-asc-workload), or a Workload named no-such is published")]
    public void All_that_would_have_to_change_is_told(string tenant, string model, string tags, string? workload, string? dataClass, string? keyWorkload, params string[] conditions)
    {
        var facts = Facts(tenant, model, tags, workload, dataClass, keyWorkload is null ? null : new([new("bu", "onc")], [keyWorkload], []));
        Assert.That(PolicyExplainer.Explain(Policy(), facts, model, "eu").WouldPassIf, Is.EqualTo(conditions));
    }

    [TestCase("acme/health", "bu=onc", null, null, "Requests of acme/health carry the tag case: tags.require of acme/health demands it. Send it as x-asc-tags: case=….")]
    [TestCase("acme", "bu=onc,env=x", null, null, "The tag env of acme can't be \"x\": tags.allow of acme permits prod, test, dev.")]
    [TestCase("acme/health", "bu=onc,case=7", "interactive", null, "acme/health takes no interactive requests: workloads.allow of acme/health does not include it. Allowed here, as x-asc-workload: batch, night.")]
    [TestCase("acme", "bu=onc", null, "hr", "acme has no rule for the data class \"hr\", so nothing says what it demands. Known here: phi, pii.")]
    public void The_refusal_says_whose_rule_it_is_and_what_would_do(string tenant, string tags, string? workload, string? dataClass, string message) =>
        Assert.That(PolicyExplainer.Explain(Policy(), Facts(tenant, "large", tags, workload, dataClass), "large", "eu").Message, Is.EqualTo(message));

    [Test]
    public void What_nobody_attests_is_refused_by_name()
    {
        var trace = PolicyExplainer.Explain(Policy(), Facts("acme/health", "small", "bu=onc,case=7", null, "phi"), "small", "eu");
        Assert.That(trace.Message, Is.EqualTo("acme/health may not use \"small\" for phi: dataClasses.rules of acme/health demand hipaa-baa, zdr, and no deployment that residency permits attests it. Allowed here: chat, large."));
        Assert.That(trace.Candidates.Select(candidate => candidate.Reason), Is.EqualTo(new[] { "attests hipaa-baa; phi demands hipaa-baa, zdr", "attests zdr; phi demands hipaa-baa, zdr" }));
        var check = trace.Checks.Single(check => check.Rule == PolicyRule.Attestations);
        Assert.That((check.Outcome, check.Origin, string.Join("; ", check.Inputs)), Is.EqualTo(("fail", "acme/health", "[dataClasses, phi, pii]; [demanded, hipaa-baa, zdr]")));
    }

    [Test]
    public void Caching_and_capture_are_forbidden_by_any_class_of_the_data_that_does()
    {
        var classes = new DataClassesDocument([], ImmutableSortedDictionary<string, DataClassRule>.Empty.Add("a", new([], ForbidCaching: true)).Add("b", new([], ForbidContentCapture: true)));
        var policy = PolicyCompiler.Compile(new([], [], [], [new("t") { DataClasses = classes }, new("t/u") { DataClasses = Classes([], ("a", [])) }]), 1);
        var rules = policy.FindTenant("t/u")!.DataClasses;
        var (a, b) = (policy.DataClasses.BitOf("a"), policy.DataClasses.BitOf("b"));
        Assert.That((rules.ForbidCaching(a), rules.ForbidCaching(b), rules.ForbidContentCapture(a), rules.ForbidContentCapture(a | b)), Is.EqualTo((true, false, false, true)));
    }

    [Test]
    public void A_request_that_says_nothing_and_is_allowed_costs_no_memory()
    {
        var facts = Facts("acme", "large", "", "night", "phi", new([new("bu", "onc")], ["night", "batch"], ["pii"])) with { Name = Policy().FindName("chat") };
        Assert.That(PolicyEvaluator.Evaluate(facts).IsAllowed, Is.True);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            PolicyEvaluator.Evaluate(facts);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_request_that_is_as_it_should_be_can_be_made_up_for_every_tenant()
    {
        var policy = Policy();
        foreach (var tenant in policy.Tenants)
        {
            var facts = new RequestFacts(tenant, policy.FindName("large"), policy.Regions.BitOf("eu"), null, AccessSwitches.None) { Attribution = RequestAttribution.Exemplary(policy, tenant) };
            Assert.That(PolicyEvaluator.Evaluate(facts).IsAllowed, Is.True, tenant.Path);
        }
    }

    [Test]
    public void A_change_is_told_in_plain_words_and_to_whom_it_matters()
    {
        var health = Document.Tenants[1];
        var changes = Compare(Document with
        {
            Tenants = [Document.Tenants[0], health with { Tags = Tags(["bu"], ("env", ["prod"]), ("case", "0")), Workloads = new(["batch"], null), DataClasses = Classes(["phi"], ("pii", ["zdr"])) }],
        });
        Assert.That(changes, Is.EqualTo(new[]
        {
            "acme/health is served otherwise for chat-cheap, small; no longer requires the tag case; has case=0 where a request doesn't say; takes as the tag env only prod; "
            + "no longer takes night requests; takes requests that don't say as interactive; all its data is now phi; not all its data is pii any more; "
            + "phi data now demands hipaa-baa; pii data now demands zdr",
        }));
    }

    [Test]
    public void What_a_workload_and_an_attestation_mean_is_told_to_each_tenant()
    {
        Assert.That(Compare(Document with { Workloads = [new("night", DeniedModels: ["large", "chat-cheap"])] }), Is.EqualTo(new[]
        {
            "night: models.deny large becomes large, chat-cheap; routes chat by chat-cheap becomes (none)",
            "acme for night requests loses chat, chat-cheap", "acme/health for night requests loses chat, chat-cheap",
        }));
        Assert.That(Compare(Document with { Workloads = [] }), Is.EqualTo(new[] { "night is removed", "acme no longer takes night requests", "acme/health no longer takes night requests" }));
        Assert.That(Compare(Document with { Providers = [Document.Providers[0] with { Attestations = [] }, Document.Providers[1]] }), Is.EqualTo(new[]
        {
            "openai-eu: attestations hipaa-baa, zdr becomes (none)", "acme for phi data is served otherwise for chat, large", "acme/health for phi data loses chat, large",
        }));
    }

    // Every tenant that a sentence is about is one that the comparison counts.
    private static IEnumerable<string> Compare(PolicyDocument after)
    {
        var comparison = PolicyComparison.Compare(Document, after);
        Assert.That(comparison.AffectedTenants, Is.EqualTo(comparison.Changes.Where(change => change.Kind == "Tenant").Select(change => change.Name)));
        return comparison.Changes.Select(change => change.Text);
    }

    private static CompiledPolicy Policy() => PolicyCompiler.Compile(Document, 1);

    private static RequestFacts Facts(string tenant, string model, string tags, string? workload, string? dataClass, KeyAttribution? key = null, PolicyDocument? document = null)
    {
        var policy = PolicyCompiler.Compile(document ?? Document, 1);
        var said = new Said(key, [.. tags.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(tag => new KeyValuePair<string, string>(tag.Split('=')[0], tag.Split('=')[1]))], workload, dataClass is null ? [] : [dataClass]);
        return new(policy.FindTenant(tenant)!, policy.FindName(model), policy.Regions.BitOf("eu"), null, AccessSwitches.None) { Attribution = said.In(policy, tenant) };
    }

    private static TagsDocument Tags(ImmutableArray<string> require, (string Key, ImmutableArray<string> Values) allow, (string Key, string Value) named) => new(
        require,
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal).Add(allow.Key, allow.Values),
        named.Key is null ? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal) : ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(named.Key, named.Value));

    private static DataClassesDocument Classes(ImmutableArray<string> floor, params (string Name, ImmutableArray<string> Attestations)[] rules) =>
        new(floor, rules.ToImmutableSortedDictionary(rule => rule.Name, rule => new DataClassRule(rule.Attestations), StringComparer.Ordinal));
}
