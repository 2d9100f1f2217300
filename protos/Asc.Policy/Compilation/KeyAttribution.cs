using System.Collections.Immutable;

namespace Asc.Policy.Compilation;

/// <summary>What a key says of every request that comes by it.</summary>
/// <param name="Tags">What it is bound to: a request may repeat it, and not change it.</param>
/// <param name="Workloads">What it is narrowed to; empty: all that its tenant takes.</param>
/// <param name="DataClasses">What all its data is of.</param>
public sealed record KeyAttribution(ImmutableArray<KeyValuePair<string, string>> Tags, ImmutableArray<string> Workloads, ImmutableArray<string> DataClasses)
{
    /// <summary>As one tenant's policy sees it.</summary>
    public CompiledKeyAttribution Compile(CompiledPolicy policy, CompiledTenant tenant) => new(this, policy, tenant);
}

/// <summary>A <see cref="KeyAttribution"/> as one tenant's policy sees it.</summary>
public sealed class CompiledKeyAttribution
{
    internal CompiledKeyAttribution(KeyAttribution declared, CompiledPolicy policy, CompiledTenant tenant)
    {
        Declared = declared;
        Tags = tenant.Tags.Resolve([], declared.Tags);
        // A workload that the policy no longer knows narrows all the same.
        Workloads = declared.Workloads.IsEmpty ? ulong.MaxValue : policy.WorkloadNames.MaskOf(declared.Workloads);
        Only = declared.Workloads is [var only] ? policy.FindWorkload(only) : null;
        DataClasses = policy.DataClasses.MaskOf(declared.DataClasses) & tenant.DataClasses.Known;
        UnknownDataClass = declared.DataClasses.FirstOrDefault(name => (policy.DataClasses.BitOf(name) & tenant.DataClasses.Known) == 0);
    }

    /// <summary>As the key was made.</summary>
    public KeyAttribution Declared { get; }

    /// <summary>The tags of a request that carries none itself.</summary>
    public RequestTags Tags { get; }

    /// <summary>The one workload that the key is narrowed to, which a request then need not say; null where it isn't one.</summary>
    internal CompiledWorkload? Only { get; }

    internal ulong Workloads { get; }

    internal ulong DataClasses { get; }

    /// <summary>A class of the key's that its tenant has no rule for any more: what it demands is not known.</summary>
    internal string? UnknownDataClass { get; }
}
