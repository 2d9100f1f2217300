using Asc.Policy.Compilation;
using Asc.Policy.Documents;

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
    /// <summary>What the request and its key say of it.</summary>
    public RequestAttribution Attribution { get; init; }

    /// <summary>What the request is like.</summary>
    public RequestShape Shape { get; init; }

    /// <summary>What the node knows and draws.</summary>
    public RoutingInputs Routing { get; init; }

    /// <summary>The same as if every rule were enforced that is only observed; null where none is.</summary>
    internal RequestFacts? Unobserved(CompiledPolicy policy) =>
        Tenant.Strict is { } strict ? this with { Tenant = strict, Attribution = Attribution.Under(policy, strict), Refusal = ObservedRefusal } : null;

    /// <summary>The same as if those of <paramref name="kinds"/> were enforced that are only observed.</summary>
    internal RequestFacts Enforcing(CompiledPolicy policy, ObservedRules kinds)
    {
        var tenant = Tenant.Enforcing(kinds);
        return this with { Tenant = tenant, Attribution = Attribution.Under(policy, tenant), Refusal = kinds.HasFlag(ObservedRules.Limits) ? ObservedRefusal : Refusal };
    }

    /// <summary>The request's tags: the key's, its own, the tenant's defaults.</summary>
    public RequestTags Tags => Attribution.Tags ?? Attribution.Key?.Tags ?? Tenant.Tags.Unsaid;

    /// <summary>The request's class: what it says, else the only one of its key, else the tenant's default.</summary>
    public CompiledWorkload Workload => Attribution.Workload ?? Attribution.Key?.Only ?? Tenant.DefaultWorkload;

    /// <summary>What the request's data is of: what it says, and the floors of its key and its tenant.</summary>
    public ulong DataClasses => Attribution.DataClasses | (Attribution.Key?.DataClasses ?? 0) | Tenant.DataClasses.Floor;

    /// <summary>What serves the name that is asked for, for the request's class; null where the policy defines no such name.</summary>
    public CompiledName? Serving => Name is null ? null : Workload.ServingOf(Name);

    /// <summary>How much the request wants generated at most; null: it doesn't say.</summary>
    public long? MaxOutputTokens => Shape.MaxOutputTokens > 0 ? Shape.MaxOutputTokens : null;

    /// <summary>What the key itself may use, for those who explain; a node counts it by the key.</summary>
    public IReadOnlyList<CompiledLimit>? KeyLimits { get; init; }

    /// <summary>What the counters say; null: every limit has room.</summary>
    public LimitRefusal? Refusal { get; init; }

    /// <summary>What the counters say of a limit that is only observed; null: each has room.</summary>
    public LimitRefusal? ObservedRefusal { get; init; }
}
