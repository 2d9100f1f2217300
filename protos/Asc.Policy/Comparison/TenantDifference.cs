using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Comparison;

/// <summary>What a change means for one tenant, whoever made it.</summary>
internal sealed record TenantDifference(
    IReadOnlyList<string> Gained, IReadOnlyList<string> Lost, IReadOnlyList<string> Rerouted, IReadOnlyList<string> RegionsGained, IReadOnlyList<string> RegionsLost,
    IReadOnlyList<string> LimitsGained, IReadOnlyList<string> LimitsLost)
{
    public bool IsEmpty => Gained.Count + Lost.Count + Rerouted.Count + RegionsGained.Count + RegionsLost.Count + LimitsGained.Count + LimitsLost.Count == 0;

    public static TenantDifference Between(string path, CompiledPolicy before, CompiledPolicy after)
    {
        var (from, to) = (before.FindTenant(path), after.FindTenant(path));
        var (served, serves) = (Served(before, from), Served(after, to));
        var (allowed, allows) = (Regions(before, from), Regions(after, to));
        var (limited, limits) = (LimitsText.Effective(from), LimitsText.Effective(to));
        return new(
            [.. serves.Keys.Except(served.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. served.Keys.Except(serves.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. serves.Where(pair => served.TryGetValue(pair.Key, out var way) && way != pair.Value).Select(pair => pair.Key).Order(StringComparer.Ordinal)],
            [.. allows.Except(allowed, StringComparer.Ordinal)],
            [.. allowed.Except(allows, StringComparer.Ordinal)],
            [.. limits.Except(limited, StringComparer.Ordinal)],
            [.. limited.Except(limits, StringComparer.Ordinal)]);
    }

    public override string ToString()
    {
        var parts = new List<string>();
        Add(parts, "gains", Gained);
        Add(parts, "loses", Lost);
        Add(parts, "is served otherwise for", Rerouted);
        Add(parts, "may now be processed in", RegionsGained);
        Add(parts, "may no longer be processed in", RegionsLost);
        Add(parts, "is now limited by", LimitsGained);
        Add(parts, "is no longer limited by", LimitsLost);
        return string.Join("; ", parts);
    }

    private static void Add(List<string> parts, string verb, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            parts.Add($"{verb} {string.Join(", ", values)}");
        }
    }

    private static IReadOnlyList<string> Regions(CompiledPolicy policy, CompiledTenant? tenant) => tenant is null ? [] : policy.RegionsOf(tenant);

    // Each name that may be asked for and can be served, and the way it takes.
    private static Dictionary<string, string> Served(CompiledPolicy policy, CompiledTenant? tenant)
    {
        var ways = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in tenant is null ? [] : policy.Names.Where(tenant.Allowed.Contains))
        {
            var facts = new RequestFacts(tenant!, name, 0, null, AccessSwitches.None);
            var kept = name.Candidates.Where(candidate => PolicyEvaluator.ExclusionOf(candidate, facts) == PolicyRule.None)
                .Select(candidate => $"{candidate.UpstreamModel}\n{candidate.Provider.Document}\n{candidate.Region}")
                .ToArray();
            if (kept.Length > 0)
            {
                ways.Add(name.Name, string.Join('\n', kept));
            }
        }

        return ways;
    }
}
