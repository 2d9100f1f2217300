using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Policy.Validation;

namespace Asc.Policy.Tests;

/// <summary>What leaves nothing to serve is told as what it is.</summary>
internal sealed class ServableTests
{
    private static readonly PolicyDocument Document = new(
        [new("p-eu", ProviderProtocol.OpenAi, "https://eu.example", "s", "eu"), new("p-us", ProviderProtocol.OpenAi, "https://us.example", "s", "us")],
        [new("gpt-nano", [new("p-eu", "nano"), new("p-us", "nano")]), new("gpt-us", [new("p-us", "us-1")])],
        [
            new("r-nano", [new("gpt-nano")]),
            new("nightly", [new("gpt-nano", When: Batch), new("gpt-us", When: Batch)]),
        ],
        [new("acme", ["*"], AllowedRegions: ["eu"])]);

    private static TargetConditionDocument Batch => new(["batch"], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, []);

    [Test]
    public void An_allowance_that_a_deny_list_empties_is_told_as_such()
    {
        var problem = Problem(new("acme/kid", ["r-nano"], ["gpt-nano"]));

        Assert.That((problem.Path, problem.Message, problem.Fix), Is.EqualTo((
            "spec.models.allow[0]", "acme/kid allows \"r-nano\", and models.deny of acme/kid names gpt-nano, which would serve it", "no longer deny gpt-nano, or remove it here")));
        Assert.That(Problem(new("acme/kid", ["gpt-us"])).Message, Does.Contain("is processed in us; its prompts may be processed in eu"));
    }

    [Test]
    public void Residency_is_told_with_what_it_keeps_whatever_else_drops()
    {
        var trace = Explain("gpt-nano", new(1, [], [], ["p-eu"]));

        Assert.That(trace.Checks.Single(check => check.Rule == PolicyRule.Residency).Inputs.Single(input => input.Key == "candidates").Value, Is.EqualTo("1 of 2 kept"));
    }

    [Test]
    public void Of_a_route_s_conditions_those_are_told_that_stand_in_the_way()
    {
        var trace = Explain("nightly", AccessSwitches.None);

        Assert.That(trace.Decision.Rule, Is.EqualTo(PolicyRule.TargetCondition));
        Assert.That(trace.Message, Does.Contain("permits gpt-nano only when workload batch.").And.Not.Contain("gpt-us only"));
    }

    private static PolicyProblem Problem(TenantDocument tenant) =>
        PolicyValidator.Validate(Document with { Tenants = Document.Tenants.Add(tenant) }).Single(problem => problem.Code == "unservable_model" && problem.Name == tenant.Path);

    private static DecisionTrace Explain(string model, AccessSwitches switches)
    {
        var policy = PolicyCompiler.Compile(Document, 1);
        return PolicyExplainer.Explain(policy, new(policy.FindTenant("acme")!, policy.FindName(model), policy.Regions.BitOf("eu"), null, switches), model, "eu");
    }
}
