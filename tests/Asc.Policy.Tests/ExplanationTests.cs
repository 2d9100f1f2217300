using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Policy.Validation;

namespace Asc.Policy.Tests;

public sealed class ExplanationTests
{
    // gpt-5 runs in us only, gpt-5-mini in both.
    private static readonly PolicyDocument Document = new(
        [new("openai-eu", ProviderProtocol.OpenAi, "https://eu.example/v1", "eu", "eu"), new("openai-us", ProviderProtocol.OpenAi, "https://us.example/v1", "us", "us")],
        [new("gpt-5-mini", [new("openai-eu", "m"), new("openai-us", "m")]), new("gpt-5", [new("openai-us", "m")])],
        [new("chat-default", [new("gpt-5-mini")])],
        [new("acme", ["*"], AllowedRegions: ["eu", "us"]), new("acme/health", ["chat-default", "gpt-5-mini"], AllowedRegions: ["eu"])]);

    [Test]
    public void What_is_told_to_mend_is_enough() => Assert.That(
        Explain("acme/health", "gpt-5").WouldPassIf,
        Is.EqualTo(new[] { "models.allow of acme/health includes gpt-5", "gpt-5 gets a deployment in eu, or residency.allow of acme/health includes us" }));

    [Test]
    public void At_a_node_elsewhere_both_ways_are_told() => Assert.That(
        Explain("acme/health", "gpt-5-mini", "us").WouldPassIf,
        Is.EqualTo(new[] { "the request goes to a node in eu, or residency.allow of acme/health includes us" }));

    [Test]
    public void A_provider_that_is_switched_off_is_the_cause_where_residency_excludes_only_the_others()
    {
        var trace = Explain("acme/health", "gpt-5-mini", switches: new(1, [], [], ["openai-eu"]));

        Assert.That((trace.Decision.Code, trace.Decision.Rule), Is.EqualTo((ErrorCode.NoHealthyTarget, PolicyRule.ProviderEnabled)));
        Assert.That(trace.Message, Is.EqualTo("\"gpt-5-mini\" can't be served: an admin disabled openai-eu, which would serve it."));
        Assert.That(trace.WouldPassIf, Is.EqualTo(new[] { "either the provider openai-eu is enabled again (asc provider enable openai-eu); or gpt-5-mini gets a deployment in eu, or residency.allow of acme/health includes us" }));
        Assert.That(trace.Checks.Where(check => check.Outcome == "fail").Select(check => check.Rule), Is.EqualTo(new[] { PolicyRule.ProviderEnabled }));
        Assert.That(trace.Checks.Single(check => check.Rule == PolicyRule.Residency).Outcome, Is.EqualTo("pass"));
    }

    [Test]
    public void So_is_a_model_behind_a_route()
    {
        var trace = Explain("acme/health", "chat-default", switches: new(1, [], ["gpt-5-mini"], []));

        Assert.That(trace.Decision.Rule, Is.EqualTo(PolicyRule.ModelEnabled));
        Assert.That(trace.Message, Is.EqualTo("\"chat-default\" can't be served: an admin disabled gpt-5-mini, which would serve it."));
        Assert.That(trace.WouldPassIf, Is.EqualTo(new[] { "the model gpt-5-mini is enabled again (asc model enable gpt-5-mini)" }));
    }

    [Test]
    public void Every_switch_that_stands_in_the_way_is_told() => Assert.That(
        Explain("acme/health", "gpt-5-mini", switches: new(1, ["t_acme"], ["gpt-5-mini"], ["openai-eu"])).WouldPassIf,
        Is.EqualTo(new[]
        {
            "acme is resumed (asc tenant resume acme)", "the model gpt-5-mini is enabled again (asc model enable gpt-5-mini)", "either the provider openai-eu is enabled again (asc provider enable openai-eu); or gpt-5-mini gets a deployment in eu, or residency.allow of acme/health includes us",
        }));

    [Test]
    public void A_rule_that_is_only_observed_stands_in_its_place_and_says_where_it_is_written()
    {
        var observing = Document.Tenants[1] with { AllowedModels = ["gpt-5-mini"], Observe = ObservedRules.Models };
        var policy = PolicyCompiler.Compile(Document with { Tenants = [Document.Tenants[0], observing] }, 1);

        var facts = new RequestFacts(policy.FindTenant("acme/health")!, policy.FindName("chat-default"), policy.Regions.BitOf("eu"), null, AccessSwitches.None);
        var checks = PolicyExplainer.Explain(policy, facts, "chat-default", "eu").Checks;

        var enforced = Explain("acme/health", "chat-default").Checks;
        Assert.That(checks.Select(check => check.Rule), Is.EqualTo(enforced.Select(check => check.Rule)), "the order of judging");
        var observed = checks.Single(check => check.Outcome == "observed");
        Assert.That((observed.Rule, observed.Origin, observed.DeclaredIn), Is.EqualTo((PolicyRule.ModelsAllow, "acme/health", new RuleDeclaration("Tenant", "acme/health", "spec.models.allow"))));
    }

    [Test]
    public void What_an_observed_rule_would_leave_is_told_of_it_alone()
    {
        var observing = Document.Tenants[1] with
        {
            AllowedModels = ["gpt-5-mini"],
            Tags = new(["bu"], System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableArray<string>>.Empty, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty),
            Limits = TenantLimitsDocument.None with { MaxOutputTokens = 10 },
            Observe = ObservedRules.Models | ObservedRules.Tags | ObservedRules.Limits,
        };
        var policy = PolicyCompiler.Compile(Document with { Tenants = [Document.Tenants[0], observing] }, 1);

        var facts = new RequestFacts(policy.FindTenant("acme/health")!, policy.FindName("chat-default"), policy.Regions.BitOf("eu"), null, AccessSwitches.None) { Shape = new(MaxOutputTokens: 20) };
        var observed = PolicyExplainer.Explain(policy, facts, "chat-default", "eu").Checks.Where(check => check.Outcome == "observed").ToArray();

        Assert.That(observed.Select(check => check.Rule), Is.EqualTo(new[] { PolicyRule.TagsRequire, PolicyRule.ModelsAllow, PolicyRule.MaxOutputTokens }));
        Assert.That(observed[1].Inputs[0].Value, Does.EndWith("models.allow of acme/health does not include it. Allowed here: gpt-5-mini."), "tags and limits keep nobody from it");
    }

    [Test]
    public void The_limit_is_named_that_binds_and_not_the_nearest()
    {
        var (group, health) = (Document.Tenants[0] with { Limits = new(new(RequestsPerMinute: 10), null, LimitsDocument.None, []) }, Document.Tenants[1] with { Limits = new(new(RequestsPerMinute: 600), null, new(RequestsPerMinute: 5), []), Observe = ObservedRules.Limits });
        CheckTrace Limit(TenantDocument child)
        {
            var policy = PolicyCompiler.Compile(Document with { Tenants = [group, child] }, 1);
            return PolicyExplainer.Explain(policy, new(policy.FindTenant("acme/health")!, policy.FindName("gpt-5-mini"), policy.Regions.BitOf("eu"), null, AccessSwitches.None), "gpt-5-mini", "eu")
                .Checks.Single(check => check.Rule == PolicyRule.RequestsPerMinute);
        }

        Assert.That((Limit(health).Origin, Limit(health).DeclaredIn?.Path), Is.EqualTo(("acme", "spec.limits.requestsPerMinute")), "what is only observed binds nobody");
        Assert.That((Limit(health with { Observe = ObservedRules.None }).Origin, Limit(health with { Observe = ObservedRules.None }).DeclaredIn?.Path), Is.EqualTo(("acme/health", "spec.limits.perKey.requestsPerMinute")));
    }

    // The nearest by the number of conditions is a target that its own workload may not use.
    [Test]
    public void Of_a_route_s_targets_each_that_can_be_reached_is_told_and_none_that_can_t()
    {
        var nothing = new TargetConditionDocument([], System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableArray<string>>.Empty, []);
        var policy = PolicyCompiler.Compile(
            new PolicyDocument(
                [Document.Providers[0]],
                [new("a", [new("openai-eu", "a")]), new("b", [new("openai-eu", "b")]), new("c", [new("openai-eu", "c")])],
                [new("chat", [new("a", When: nothing with { Workloads = ["night"] }), new("b", When: nothing with { Workloads = ["batch", "agent"], AtLeast = 100 }), new("c", When: nothing with { AtMost = 50 })])],
                [new("acme", ["chat"], [], ["eu"]) { Workloads = new(["interactive", "batch", "night"], null) }]) { Workloads = [new("night", DeniedModels: ["a"])] },
            1);
        var facts = new RequestFacts(policy.FindTenant("acme")!, policy.FindName("chat"), policy.Regions.BitOf("eu"), null, AccessSwitches.None) { Shape = new(PromptTokens: 60) };

        Assert.That(PolicyExplainer.Explain(policy, facts, "chat", "eu").WouldPassIf, Is.EqualTo(new[]
        {
            "either the request fulfils the condition of the target b: workload batch and a prompt of at least 100 tokens; or the request fulfils the condition of the target c: a prompt of at most 50 tokens",
        }));
    }

    [Test]
    public void An_observed_limit_stands_among_the_limits()
    {
        var observing = Document.Tenants[1] with { Limits = TenantLimitsDocument.None with { MaxOutputTokens = 10 }, Observe = ObservedRules.Limits };
        var policy = PolicyCompiler.Compile(Document with { Tenants = [Document.Tenants[0], observing] }, 1);

        var facts = new RequestFacts(policy.FindTenant("acme/health")!, policy.FindName("chat-default"), policy.Regions.BitOf("eu"), null, AccessSwitches.None) { Shape = new(MaxOutputTokens: 20) };
        var checks = PolicyExplainer.Explain(policy, facts, "chat-default", "eu").Checks;

        var observed = checks.Single(check => check.Outcome == "observed");
        Assert.That((observed.Rule, observed.DeclaredIn?.Path), Is.EqualTo((PolicyRule.MaxOutputTokens, "spec.limits.maxOutputTokens")));
        Assert.That(checks.Select(check => check.Rule), Is.Ordered, "limits are judged when a route is chosen");
    }

    private static DecisionTrace Explain(string tenant, string model, string region = "eu", AccessSwitches? switches = null)
    {
        var identified = Document with { Tenants = [.. Document.Tenants.Select(tenant => tenant with { Id = "t_" + tenant.Path.Replace('/', '-') })] };
        var policy = PolicyCompiler.Compile(identified, 1);
        return PolicyExplainer.Explain(
            policy, new(policy.FindTenant(tenant)!, policy.FindName(model), policy.Regions.BitOf(region), null, switches ?? AccessSwitches.None), model, region);
    }
}
