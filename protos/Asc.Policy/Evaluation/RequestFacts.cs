using Asc.Policy.Compilation;

namespace Asc.Policy.Evaluation;

/// <summary>What the evaluator judges, as values; with the policy version, enough to derive the decision again.</summary>
/// <param name="Tenant">Whose request it is.</param>
/// <param name="Name">What is asked for; null where the policy defines no such name.</param>
/// <param name="NodeRegion">The bit of the receiving node's region, from <see cref="RegionTable.BitOf"/>.</param>
/// <param name="KeyModels">What the key is narrowed to; null: all that the tenant may use.</param>
/// <param name="Switches">What is switched off beside the policy.</param>
public readonly record struct RequestFacts(
    CompiledTenant Tenant, CompiledName? Name, ulong NodeRegion, NamePattern[]? KeyModels, AccessSwitches Switches)
{
    /// <summary>How much the request wants generated at most; null: it doesn't say.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>What the counters say; null: every limit has room.</summary>
    public LimitRefusal? Refusal { get; init; }
}
