using System.Collections.Frozen;
using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>
/// One policy version as the request's path reads it: immutable, shared by all requests, look-ups only.
/// </summary>
public sealed class CompiledPolicy
{
    private readonly FrozenDictionary<string, CompiledName> names;
    private readonly FrozenDictionary<string, CompiledName>.AlternateLookup<ReadOnlySpan<char>> namesBySpan;
    private readonly FrozenDictionary<string, CompiledTenant> tenantsByPath;
    private readonly FrozenDictionary<string, CompiledTenant> tenantsById;

    private readonly FrozenDictionary<string, CompiledWorkload> workloads;
    private readonly FrozenDictionary<string, CompiledWorkload>.AlternateLookup<ReadOnlySpan<char>> workloadsBySpan;

    internal CompiledPolicy(
        ulong version, PolicyDocument document, RegionTable regions, AttributionCompiler attribution, IEnumerable<CompiledName> names,
        IReadOnlyDictionary<string, CompiledWorkload> workloads, IReadOnlyCollection<CompiledTenant> tenants)
    {
        Version = version;
        Document = document;
        Regions = regions;
        (Attestations, DataClasses, WorkloadNames) = (attribution.Attestations, attribution.DataClasses, attribution.Workloads);
        this.names = names.ToFrozenDictionary(name => name.Name, StringComparer.Ordinal);
        namesBySpan = this.names.GetAlternateLookup<ReadOnlySpan<char>>();
        NamesInOrder = [.. this.names.Values.OrderBy(name => name.Name, StringComparer.Ordinal)];
        this.workloads = workloads.ToFrozenDictionary(StringComparer.Ordinal);
        workloadsBySpan = this.workloads.GetAlternateLookup<ReadOnlySpan<char>>();
        tenantsByPath = tenants.ToFrozenDictionary(tenant => tenant.Path, StringComparer.Ordinal);
        tenantsById = tenants.Where(tenant => tenant.Id.Length > 0).ToFrozenDictionary(tenant => tenant.Id, StringComparer.Ordinal);
    }

    /// <summary>The version's number; 0 for a draft.</summary>
    public ulong Version { get; }

    /// <summary>How people call it.</summary>
    public string Title => Version == 0 ? "the draft" : $"policy version {Version}";

    /// <summary>What it was compiled from.</summary>
    public PolicyDocument Document { get; }

    /// <summary>The regions that the policy names.</summary>
    public RegionTable Regions { get; }

    /// <summary>The attestations that the policy names.</summary>
    public BitNames Attestations { get; }

    /// <summary>The data classes that the policy names.</summary>
    public BitNames DataClasses { get; }

    /// <summary>Every class of requests, built-in ones too.</summary>
    public IEnumerable<CompiledWorkload> Workloads => workloads.Values;

    internal BitNames WorkloadNames { get; }

    /// <summary>Everything a request may ask for, allowed to someone or not.</summary>
    public IEnumerable<CompiledName> Names => names.Values;

    public IReadOnlyList<CompiledName> NamesInOrder { get; }

    /// <summary>Every tenant.</summary>
    public IEnumerable<CompiledTenant> Tenants => tenantsByPath.Values;

    /// <summary>The model or route called <paramref name="name"/>; null where there is none.</summary>
    public CompiledName? FindName(ReadOnlySpan<char> name) => namesBySpan.TryGetValue(name, out var found) ? found : null;

    /// <summary>The class of requests called <paramref name="name"/>; null where there is none.</summary>
    public CompiledWorkload? FindWorkload(ReadOnlySpan<char> name) => workloadsBySpan.TryGetValue(name, out var found) ? found : null;

    /// <summary>The bit of the data class <paramref name="name"/>; 0 where <paramref name="tenant"/> has no rule for it.</summary>
    public ulong FindDataClass(CompiledTenant tenant, ReadOnlySpan<char> name) => DataClasses.BitOf(name) & tenant.DataClasses.Known;

    /// <summary>The tenant at <paramref name="path"/>; null where there is none.</summary>
    public CompiledTenant? FindTenant(string path) => tenantsByPath.GetValueOrDefault(path);

    /// <summary>The tenant that keys call <paramref name="id"/>; null where there is none.</summary>
    public CompiledTenant? FindTenantById(string id) => tenantsById.GetValueOrDefault(id);

    /// <summary>Where <paramref name="tenant"/>'s prompts may be processed, by name.</summary>
    public IReadOnlyList<string> RegionsOf(CompiledTenant tenant) => Regions.NamesIn(tenant.Regions);
}
