using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using CsCheck;

namespace Asc.Policy.Tests;

public sealed class EvaluatorProperties
{
    private static readonly Gen<(PolicyDocument Policy, string Path, string Name, string Region)> Cases =
        Gen.Select(Gens.Policy, Gen.OneOf(Gens.Paths), Gen.OneOf(Gens.Names), Gen.OneOf("eu", "us", "mars"));

    [Test]
    public void The_compiled_policy_decides_as_the_naive_reading_of_the_document() =>
        Cases.Sample((policy, path, name, region) => Evaluate(policy, path, name, region) == ReferenceEvaluator.Evaluate(policy, path, name, region), iter: 10_000);

    [Test]
    public void A_child_may_never_do_what_its_parent_may_not() =>
        Cases.Where(c => c.Path.Contains('/', StringComparison.Ordinal)).Sample((policy, path, name, region) =>
            !IsAllowed(policy, path, name, region) || IsAllowed(policy, TenantDocument.ParentOf(path)!, name, region), iter: 5_000);

    [Test]
    public void A_denial_added_anywhere_never_permits_what_was_denied() =>
        Gen.Select(Cases, Gen.OneOf(Gens.Paths), Gen.OneOf(Gens.Names)).Sample((c, at, denied) =>
        {
            var tightened = c.Policy with { Tenants = [.. c.Policy.Tenants.Select(tenant => tenant.Path == at ? tenant with { DeniedModels = tenant.DeniedModels.Add(denied) } : tenant)] };
            return !IsAllowed(tightened, c.Path, c.Name, c.Region) || IsAllowed(c.Policy, c.Path, c.Name, c.Region);
        }, iter: 5_000);

    [Test]
    public void The_explanation_says_what_the_decision_says() =>
        Cases.Sample((policy, path, name, region) =>
        {
            var compiled = PolicyCompiler.Compile(policy, 7);
            var facts = Facts(compiled, path, name, region);
            var decision = PolicyEvaluator.Evaluate(facts);
            var trace = PolicyExplainer.Explain(compiled, facts, name, region);
            return trace.Decision == decision
                && trace.Message.Length > 0
                && (decision.IsAllowed ? trace.Checks.All(check => check.Outcome == "pass") : decision.Rule == PolicyRule.None || trace.Checks.Any(check => check.Outcome == "fail"))
                && (decision.IsAllowed == (trace.WouldPassIf.Count == 0) || decision.Rule == PolicyRule.None || trace.Candidates.Count == 0);
        }, iter: 5_000);

    private static bool IsAllowed(PolicyDocument policy, string path, string name, string region) => Evaluate(policy, path, name, region).StartsWith("p-", StringComparison.Ordinal);

    private static string Evaluate(PolicyDocument policy, string path, string name, string region)
    {
        var decision = PolicyEvaluator.Evaluate(Facts(PolicyCompiler.Compile(policy, 1), path, name, region));
        return decision.IsAllowed ? $"{decision.Candidate!.Provider.Name}/{decision.Candidate.UpstreamModel}" : decision.Code.WireName();
    }

    private static RequestFacts Facts(CompiledPolicy policy, string path, string name, string region) =>
        new(policy.FindTenant(path)!, policy.FindName(name), policy.Regions.BitOf(region), null, AccessSwitches.None);
}
