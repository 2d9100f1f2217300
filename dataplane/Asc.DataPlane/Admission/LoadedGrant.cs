using System.Runtime.CompilerServices;
using Asc.Contracts.Distribution.V1;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Admission;

/// <summary>What a key narrows below its tenant's policy, and says of every request that comes by it.</summary>
internal sealed class LoadedGrant
{
    private readonly KeyAttribution? attribution;

    // One entry for each policy in force that a request came under: gone with the policy.
    private readonly ConditionalWeakTable<CompiledTenant, CompiledKeyAttribution> compiled = [];

    public LoadedGrant(KeyGrant grant)
    {
        Models = grant.Models.Count > 0 ? [.. grant.Models.Select(text => new NamePattern(text))] : null;
        attribution = grant is { Tags.Count: 0, Workloads.Count: 0, DataClasses.Count: 0 } ? null : new([.. grant.Tags], [.. grant.Workloads], [.. grant.DataClasses]);
    }

    /// <summary>Null: all that the tenant may use.</summary>
    public NamePattern[]? Models { get; }

    /// <summary>What the key itself may use, within what limits its tenant.</summary>
    public (LimitKind Kind, long Value)[] Limits { get; init; } = [];

    /// <summary>What the key says, as <paramref name="tenant"/>'s policy sees it; null: nothing.</summary>
    public CompiledKeyAttribution? AttributionIn(CompiledPolicy policy, CompiledTenant tenant)
    {
        if (attribution is null)
        {
            return null;
        }

        if (!compiled.TryGetValue(tenant, out var known))
        {
            known = attribution.Compile(policy, tenant);
            compiled.AddOrUpdate(tenant, known);
        }

        return known;
    }
}
