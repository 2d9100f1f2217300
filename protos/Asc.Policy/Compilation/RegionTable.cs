using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>The regions that one policy names, each a bit, so that a residency rule is one AND.</summary>
public sealed class RegionTable
{
    /// <summary>How many regions one policy may name.</summary>
    public const int MaximumRegions = 64;

    private readonly Dictionary<string, int> bits = new(StringComparer.Ordinal);

    private RegionTable()
    {
    }

    /// <summary>The bit of <paramref name="region"/>; 0, which no rule permits, for a region that the policy doesn't name.</summary>
    public ulong BitOf(string region) => bits.TryGetValue(region, out var index) ? 1UL << index : 0;

    /// <summary>The regions in <paramref name="mask"/>, by name.</summary>
    public IReadOnlyList<string> NamesIn(ulong mask) =>
        [.. bits.Where(pair => (mask & (1UL << pair.Value)) != 0).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <summary>Every region that <paramref name="document"/> names, in providers, deployments and residency rules.</summary>
    public static IEnumerable<string> RegionsOf(PolicyDocument document) =>
        document.Providers.Select(provider => provider.Region)
            .Concat(document.Models.SelectMany(model => model.Deployments).Select(deployment => deployment.Region).OfType<string>())
            .Concat(document.Tenants.SelectMany(tenant => tenant.AllowedRegions ?? []))
            .Distinct(StringComparer.Ordinal);

    internal static RegionTable Build(PolicyDocument document)
    {
        var table = new RegionTable();
        foreach (var region in RegionsOf(document))
        {
            if (table.bits.Count == MaximumRegions)
            {
                throw new PolicyCompilationException($"the policy names more than {MaximumRegions} regions");
            }

            table.bits.Add(region, table.bits.Count);
        }

        return table;
    }

    internal ulong MaskOf(IEnumerable<string> regions)
    {
        ulong mask = 0;
        foreach (var region in regions)
        {
            mask |= BitOf(region);
        }

        return mask;
    }
}
