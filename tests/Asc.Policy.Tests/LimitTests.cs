using System.Collections.Immutable;
using Asc.Policy.Comparison;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Policy.Validation;

namespace Asc.Policy.Tests;

/// <summary>Limits as policy: each applies at its level and at every one below.</summary>
internal sealed class LimitTests
{
    [Test]
    public void A_tenant_is_counted_by_its_own_limits_and_its_ancestors()
    {
        var tenant = Compile(new(new(100, 1000, null), 50, new(10), [new(["gpt-*"], new(30))]), new(new(200), 80, new(5), [])).FindTenant("acme/health")!;

        Assert.That(
            tenant.Limits.ToArray().Select(limit => (limit.Scope, limit.Kind, limit.Value, limit.Origin!.Path)),
            Is.EqualTo(new[]
            {
                (LimitScope.Tenant, LimitKind.Requests, 100L, "acme"), (LimitScope.Tenant, LimitKind.Tokens, 1000L, "acme"),
                (LimitScope.TenantModels, LimitKind.Requests, 30L, "acme"), (LimitScope.Tenant, LimitKind.Requests, 200L, "acme/health"),
            }));
        Assert.That(tenant.KeyLimits.ToArray().Select(limit => (limit.Value, limit.Origin!.Path)), Is.EqualTo(new[] { (10L, "acme"), (5L, "acme/health") }));
        Assert.That((tenant.MaxOutputTokens, tenant.MaxOutputOrigin!.Path), Is.EqualTo((50L, "acme")), "the smaller one binds");
    }

    [Test]
    public void What_a_key_itself_may_use_is_explained_with_the_rest()
    {
        var policy = Compile(new(new(100), null, LimitsDocument.None, []), TenantLimitsDocument.None);
        var facts = new RequestFacts(policy.FindTenant("acme")!, policy.FindName("gpt"), policy.Regions.BitOf("eu"), null, AccessSwitches.None) { KeyLimits = [CompiledLimit.OfKey("k_1", LimitKind.Requests, 6)] };

        var check = PolicyExplainer.Explain(policy, facts, "gpt", "eu", isForeseen: true).Checks.Single(check => check.Rule == PolicyRule.RequestsPerMinute);

        Assert.That(check.Inputs.Select(input => (input.Key, input.Value)), Is.EqualTo(new[] { ("acme", "100"), ("k_1", "6") }));
    }

    [Test]
    public void What_is_limited_for_some_names_counts_only_those()
    {
        var policy = Compile(new(LimitsDocument.None, null, LimitsDocument.None, [new(["gpt-*"], new(30))]), TenantLimitsDocument.None);
        var limit = policy.FindTenant("acme")!.Limits[0];

        Assert.That((limit.Counts(policy.FindName("gpt")!), limit.Counts(policy.FindName("gpt-5")!)), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_limit_above_the_parents_is_told_and_one_that_is_none_is_refused()
    {
        var problems = PolicyValidator.Validate(Document(new(new(100), null, LimitsDocument.None, []), new(new(200, 0), null, LimitsDocument.None, [new([], new(1))])));

        Assert.That(
            problems.Where(problem => problem.Path.StartsWith("spec.limits", StringComparison.Ordinal)).Select(problem => (problem.Severity, problem.Path, problem.Code)),
            Is.EquivalentTo(new[]
            {
                (ProblemSeverity.Warning, "spec.limits.requestsPerMinute", "above_parent"), (ProblemSeverity.Error, "spec.limits.tokensPerMinute", "out_of_range"),
                (ProblemSeverity.Error, "spec.limits.models[0].models", "required"),
            }));
    }

    [Test]
    public void A_change_of_a_parents_limit_is_the_childs_too()
    {
        var before = Document(new(new(100), null, LimitsDocument.None, []), TenantLimitsDocument.None);
        var after = Document(new(new(50), null, LimitsDocument.None, []), TenantLimitsDocument.None);

        var comparison = PolicyComparison.Compare(before, after);

        Assert.That(comparison.AffectedTenants, Is.EqualTo(new[] { "acme", "acme/health" }));
        Assert.That(comparison.Changes[0].Text, Is.EqualTo("acme is now limited by limits.requestsPerMinute 50 of acme; is no longer limited by limits.requestsPerMinute 100 of acme"));
    }

    [Test]
    public void An_observed_limit_that_comes_to_bind_is_told()
    {
        var limits = new TenantLimitsDocument(new(50), null, LimitsDocument.None, []);
        var after = Document(limits, TenantLimitsDocument.None);
        var before = after with { Tenants = [after.Tenants[0] with { Observe = ObservedRules.Limits }, .. after.Tenants.Skip(1)] };

        var comparison = PolicyComparison.Compare(before, after);

        Assert.That(comparison.AffectedTenants, Is.EqualTo(new[] { "acme", "acme/health" }));
        Assert.That(comparison.Changes[0].Text, Does.Contain("is now limited by limits.requestsPerMinute 50 of acme").And.Contain("is no longer limited by limits.requestsPerMinute 50 of acme (observed only)"));
    }

    [TestCase(LimitKind.Concurrent, 0, "limits.concurrentRequests of acme is 10, and this node has none of it: others use it, or there is no control plane to divide it.")]
    [TestCase(LimitKind.Concurrent, 4, "limits.concurrentRequests of acme is 10, and the 4 of it that this node has are under way for acme.")]
    [TestCase(LimitKind.Concurrent, 10, "limits.concurrentRequests of acme is 10, and as many requests of acme are under way.")]
    [TestCase(LimitKind.Requests, 0, "limits.requestsPerMinute of acme is 10, and this node has none of it: others use it, or there is no control plane to divide it. Try again in 1 s.")]
    public void A_refusal_tells_what_the_node_had_of_the_limit(LimitKind kind, long share, string text)
    {
        var policy = PolicyCompiler.Compile(Document(new(new(10, null, 10), null, LimitsDocument.None, []), TenantLimitsDocument.None), 1);
        var facts = new RequestFacts(policy.FindTenant("acme")!, policy.FindName("gpt"), policy.Regions.BitOf("eu"), null, AccessSwitches.None) { Refusal = new(kind, 10, "acme", "acme", 900) { Scope = LimitScope.Tenant, NodeShare = share } };

        Assert.That(PolicyExplainer.Explain(policy, facts, "gpt", "eu").Message, Is.EqualTo(text));
    }

    [Test]
    public void What_the_counters_say_is_a_decision_like_any_other()
    {
        var policy = Compile(new(new(100), null, LimitsDocument.None, []), TenantLimitsDocument.None);
        var facts = new RequestFacts(policy.FindTenant("acme/health")!, policy.FindName("gpt-5"), policy.Regions.BitOf("eu"), null, AccessSwitches.None)
        {
            Refusal = new(LimitKind.Requests, 100, "acme", "acme", 1500),
        };

        var trace = PolicyExplainer.Explain(policy, facts, "gpt-5", "eu");

        Assert.That((trace.Decision.Code, trace.Decision.Rule, trace.Decision.Origin!.Path), Is.EqualTo((ErrorCode.RateLimited, PolicyRule.RequestsPerMinute, "acme")));
        Assert.That(trace.Message, Is.EqualTo("limits.requestsPerMinute of acme is 100, and acme has used what there is of it. Try again in 2 s."));
        Assert.That(trace.WouldPassIf, Is.EqualTo(new[] { "it comes 2 s later, or limits.requestsPerMinute of acme is raised" }));
        Assert.That(trace.Checks.Single(check => check.Outcome == "fail").Rule, Is.EqualTo(PolicyRule.RequestsPerMinute));
    }

    [Test]
    public void A_limit_of_some_models_is_named_and_found_as_such()
    {
        var policy = Compile(new(new(600), null, LimitsDocument.None, [new(["o3"], new(1)), new(["gpt-5*", "gpt"], new(6))]), TenantLimitsDocument.None);
        var trace = Explain(policy, new(LimitKind.Requests, 6, "acme", "acme", 1500) { Scope = LimitScope.TenantModels, Part = "gpt,gpt-5*" });

        Assert.That(trace.Message, Is.EqualTo("limits.models[gpt, gpt-5*].requestsPerMinute of acme is 6, and acme has used what there is of it. Try again in 2 s."));
        Assert.That(trace.WouldPassIf, Is.EqualTo(new[] { "it comes 2 s later, or limits.models[gpt, gpt-5*].requestsPerMinute of acme is raised" }));
        var check = trace.Checks.Single(check => check.Outcome == "fail");
        Assert.That(check.DeclaredIn, Is.EqualTo(new RuleDeclaration("Tenant", "acme", "spec.limits.models[1].requestsPerMinute")));
        Assert.That(check.Inputs, Is.EqualTo(new KeyValuePair<string, string>[]
        {
            new("acme", "600"), new("acme, gpt, gpt-5*", "6"), new("refused by", "limits.models[gpt, gpt-5*].requestsPerMinute of acme: 6, counting acme"),
        }));
    }

    [Test]
    public void A_limit_that_a_model_or_a_workload_declares_is_found_there()
    {
        var document = Document(TenantLimitsDocument.None, TenantLimitsDocument.None);
        var policy = PolicyCompiler.Compile(
            document with
            {
                Models = [document.Models[0], document.Models[1] with { Limits = new(TokensPerMinute: 1000) }],
                Workloads = [new("interactive") { Limits = new(6) }],
            },
            1);

        var workload = Explain(policy, new(LimitKind.Requests, 6, "", "workload interactive in acme/health", 1500) { Scope = LimitScope.TenantWorkload, Part = "interactive" });
        Assert.That(workload.WouldPassIf, Is.EqualTo(new[] { "it comes 2 s later, or limits.requestsPerMinute of the Workload interactive is raised" }));
        Assert.That(workload.Checks.Single(check => check.Outcome == "fail").DeclaredIn, Is.EqualTo(new RuleDeclaration("Workload", "interactive", "spec.limits.requestsPerMinute")));
        Assert.That(workload.Checks.Single(check => check.Rule == PolicyRule.TokensPerMinute).DeclaredIn, Is.EqualTo(new RuleDeclaration("Model", "gpt-5", "spec.limits.tokensPerMinute")), "of what has room too");

        var model = Explain(policy, new(LimitKind.Tokens, 1000, "", "gpt-5", 1500) { Scope = LimitScope.Model });
        Assert.That(model.Message, Does.StartWith("limits.tokensPerMinute of gpt-5 is 1000"));
        Assert.That(model.Checks.Single(check => check.Outcome == "fail").DeclaredIn, Is.EqualTo(new RuleDeclaration("Model", "gpt-5", "spec.limits.tokensPerMinute")));

        var key = Explain(policy, new(LimitKind.Requests, 6, "", "k_1", 1500) { Scope = LimitScope.Key });
        Assert.That(key.Checks.Single(check => check.Outcome == "fail").DeclaredIn, Is.Null, "a key is in no document");
    }

    [Test]
    public void The_limits_of_what_serves_in_the_place_of_what_is_asked_for_are_told()
    {
        var document = Document(TenantLimitsDocument.None, TenantLimitsDocument.None);
        var policy = PolicyCompiler.Compile(
            document with
            {
                Models = [document.Models[0] with { Limits = new(7) }, document.Models[1]],
                Workloads = [new("interactive") { Routes = ImmutableSortedDictionary<string, string>.Empty.Add("gpt-5", "gpt") }],
            },
            1);

        Assert.That(Explain(policy, null).Checks.Single(check => check.Rule == PolicyRule.RequestsPerMinute).Inputs, Is.EqualTo(new KeyValuePair<string, string>[] { new("gpt", "7") }));
    }

    private static DecisionTrace Explain(CompiledPolicy policy, LimitRefusal? refusal) => PolicyExplainer.Explain(
        policy, new(policy.FindTenant("acme/health")!, policy.FindName("gpt-5"), policy.Regions.BitOf("eu"), null, AccessSwitches.None) { Refusal = refusal }, "gpt-5", "eu");

    private static CompiledPolicy Compile(TenantLimitsDocument root, TenantLimitsDocument child) => PolicyCompiler.Compile(Document(root, child), 1);

    private static PolicyDocument Document(TenantLimitsDocument root, TenantLimitsDocument child) => new(
        [new("p", ProviderProtocol.OpenAi, "https://p.example/v1", "p", "eu")],
        [new("gpt", [new("p", "gpt")]), new("gpt-5", [new("p", "gpt-5")])],
        [],
        [new TenantDocument("acme", ["gpt", "gpt-5"], [], ["eu"]) { Limits = root }, new TenantDocument("acme/health") { Limits = child }]);
}
