using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Tests;

/// <summary>Every rule says no in words that name it, whose it is and what would do: a rule without texts fails here.</summary>
public sealed class DenialTests
{
    private static IEnumerable<PolicyRule> Rules => Enum.GetValues<PolicyRule>().Where(rule => rule != PolicyRule.None);

    [TestCaseSource(nameof(Rules))]
    public void A_denial_says_which_rule_whose_and_what_would_pass(PolicyRule rule)
    {
        Assert.That(DenialCases.All, Does.ContainKey(rule), "each rule has a case here");
        var expected = DenialCases.All[rule];
        var trace = expected.Explain();
        Assert.Multiple(() =>
        {
            Assert.That((trace.Decision.IsAllowed, trace.Decision.Rule), Is.EqualTo((false, rule)), trace.Message);
            Assert.That(trace.Message, Is.EqualTo(expected.Message));
            Assert.That(trace.WouldPassIf, Is.EqualTo(expected.WouldPassIf));
            Assert.That(trace.Checks.Where(check => check.Outcome == "fail").Select(check => check.Rule), Is.EqualTo(new[] { rule }), "one check fails, and it is this one");
        });
    }

    [TestCaseSource(nameof(Rules))]
    public void A_tenant_s_rule_is_told_with_where_it_is_written(PolicyRule rule)
    {
        var trace = DenialCases.All[rule].Explain();
        var check = trace.Checks.Single(check => check.Outcome == "fail");
        Assert.That(check.Origin, Is.EqualTo(trace.Decision.Origin?.Path ?? ""));
        string[] elsewhere = ["tenant.active", "key.tags", "key.workloads", "key.models"];
        if (check.Origin.Length > 0 && !elsewhere.Contains(rule.WireName()))
        {
            Assert.That((check.DeclaredIn!.Kind, check.DeclaredIn.Name), Is.EqualTo(("Tenant", check.Origin)));
            Assert.That(check.DeclaredIn.Path, Does.StartWith("spec."));
        }
    }

    [Test]
    public void What_a_workload_and_a_route_say_is_written_with_them()
    {
        RuleDeclaration? Of(PolicyRule rule) => DenialCases.All[rule].Explain().Checks.Single(check => check.Rule == rule).DeclaredIn;
        Assert.That(Of(PolicyRule.WorkloadModels), Is.EqualTo(new RuleDeclaration("Workload", "night", "spec.models")));
        Assert.That(Of(PolicyRule.TargetCondition), Is.EqualTo(new RuleDeclaration("Route", "nightly", "spec.targets")));
    }

    [Test]
    public void A_limit_of_each_key_is_named_and_found_as_it_is_written()
    {
        var trace = (DenialCases.All[PolicyRule.RequestsPerMinute] with { Refusal = new(LimitKind.Requests, 6, "acme", "k_1", 1200) }).Explain();
        Assert.That(trace.Message, Is.EqualTo("limits.perKey.requestsPerMinute of acme is 6, and k_1 has used what there is of it. Try again in 2 s."));
        Assert.That(trace.WouldPassIf, Is.EqualTo(new[] { "it comes 2 s later, or limits.perKey.requestsPerMinute of acme is raised" }));
        Assert.That(trace.Checks.Single(check => check.Outcome == "fail").DeclaredIn, Is.EqualTo(new RuleDeclaration("Tenant", "acme", "spec.limits.perKey.requestsPerMinute")));
    }

    [Test]
    public void Of_tokens_it_is_told_what_the_request_may_use_and_what_there_is()
    {
        var trace = (DenialCases.All[PolicyRule.RequestsPerMinute] with { Refusal = new(LimitKind.Tokens, 200_000, "", "k_1", 5200) { Scope = LimitScope.Key, Asked = 21_000, Left = 8000 } }).Explain();
        Assert.That(trace.Message, Is.EqualTo("limits.tokensPerMinute of k_1 is 200000. The request may use 21000, and at this node there is room for 8000 now. Try again in 6 s."));
    }

    [TestCaseSource(nameof(Rules))]
    public void Every_rule_has_a_name_and_a_question(PolicyRule rule)
    {
        Assert.That(rule.WireName(), Is.Not.Empty);
        Assert.That(rule.Question(), Does.EndWith("?"));
    }

    [Test]
    public void Checks_are_told_in_the_order_in_which_they_judge()
    {
        var outcomes = DenialCases.All[PolicyRule.ModelCapabilities].Explain().Checks.Select(check => check.Outcome).ToArray();
        Assert.That(outcomes.SkipWhile(outcome => outcome == "pass").Take(1), Is.EqualTo(new[] { "fail" }));
        Assert.That(outcomes.SkipWhile(outcome => outcome != "fail").Skip(1), Is.All.EqualTo("skip"));
    }
}
