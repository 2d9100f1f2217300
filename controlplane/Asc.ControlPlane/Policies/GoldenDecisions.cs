using Asc.Contracts.Distribution.V1;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Policies;

/// <summary>What a node of a region must decide before it enforces a version, decided here by the same code.</summary>
internal static class GoldenDecisions
{
    private const int Maximum = 256;

    public static IEnumerable<GoldenDecision> Of(CompiledPolicy policy, IReadOnlyList<CompiledTenant> tenants, string region)
    {
        var names = policy.Names.OrderBy(name => name.Name, StringComparer.Ordinal).ToArray();
        var pairs = (long)tenants.Count * names.Length;
        var taken = Math.Min(pairs, Maximum);
        for (var i = 0L; i < taken; i++)
        {
            // Of many pairs an even spread.
            var at = i * pairs / taken;
            yield return Decide(policy, tenants[(int)(at / names.Length)], names[at % names.Length], region);
        }
    }

    private static GoldenDecision Decide(CompiledPolicy policy, CompiledTenant tenant, CompiledName name, string region)
    {
        var decision = PolicyEvaluator.Evaluate(new RequestFacts(tenant, name, policy.Regions.BitOf(region), null, AccessSwitches.None) { Attribution = RequestAttribution.Exemplary(policy, tenant) });
        return new GoldenDecision
        {
            Tenant = tenant.Path,
            Model = name.Name,
            Code = decision.Code.WireName(),
            Provider = decision.Candidate?.Provider.Name ?? "",
        };
    }
}
