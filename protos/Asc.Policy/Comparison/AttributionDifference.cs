using Asc.Policy.Compilation;

namespace Asc.Policy.Comparison;

/// <summary>What a change means for a tenant's tags, workloads and data classes, in plain words.</summary>
internal static class AttributionDifference
{
    public static IReadOnlyList<string> Between((CompiledPolicy Policy, CompiledTenant? Tenant) before, (CompiledPolicy Policy, CompiledTenant? Tenant) after)
    {
        // A tenant that comes or goes is told as such.
        if (before.Tenant is not { } from || after.Tenant is not { } to)
        {
            return [];
        }

        return [.. Tags(from.Tags, to.Tags), .. Workloads(before.Policy, from, after.Policy, to), .. DataClasses(before.Policy, from, after.Policy, to)];
    }

    private static IEnumerable<string> Tags(CompiledTags before, CompiledTags after)
    {
        foreach (var key in before.Rules.Concat(after.Rules).Select(rule => rule.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var nothing = new CompiledTag(key, false, null, null);
            var (from, to) = (before.Find(key) ?? nothing, after.Find(key) ?? nothing);
            if (from.IsRequired != to.IsRequired)
            {
                yield return to.IsRequired ? $"now requires the tag {key}" : $"no longer requires the tag {key}";
            }

            if (!(from.Allowed ?? []).SequenceEqual(to.Allowed ?? []) || from.Allowed is null != to.Allowed is null)
            {
                yield return to.Allowed is null ? $"takes any value of the tag {key}" : $"takes as the tag {key} only {List(to.Allowed)}";
            }

            if (from.Default != to.Default)
            {
                yield return to.Default is null ? $"no longer has a default for the tag {key}" : $"has {key}={to.Default} where a request doesn't say";
            }
        }
    }

    private static IEnumerable<string> Workloads(CompiledPolicy before, CompiledTenant from, CompiledPolicy after, CompiledTenant to)
    {
        var (took, takes) = (Taken(before, from), Taken(after, to));
        if (takes.Except(took, StringComparer.Ordinal).ToArray() is { Length: > 0 } gained)
        {
            yield return $"now takes {List(gained)} requests";
        }

        if (took.Except(takes, StringComparer.Ordinal).ToArray() is { Length: > 0 } lost)
        {
            yield return $"no longer takes {List(lost)} requests";
        }

        if (from.DefaultWorkload.Name != to.DefaultWorkload.Name)
        {
            yield return $"takes requests that don't say as {to.DefaultWorkload.Name}";
        }
    }

    private static IEnumerable<string> DataClasses(CompiledPolicy before, CompiledTenant from, CompiledPolicy after, CompiledTenant to)
    {
        var (was, isNow) = (before.DataClasses.NamesIn(from.DataClasses.Floor), after.DataClasses.NamesIn(to.DataClasses.Floor));
        foreach (var name in isNow.Except(was, StringComparer.Ordinal))
        {
            yield return $"all its data is now {name}";
        }

        foreach (var name in was.Except(isNow, StringComparer.Ordinal))
        {
            yield return $"not all its data is {name} any more";
        }

        var known = before.DataClasses.NamesIn(from.DataClasses.Known).Union(after.DataClasses.NamesIn(to.DataClasses.Known), StringComparer.Ordinal);
        foreach (var name in known.Order(StringComparer.Ordinal))
        {
            var (said, says) = (Demands(before, from, name), Demands(after, to, name));
            if (said != says)
            {
                yield return $"{name} data now demands {says}";
            }
        }
    }

    private static string Demands(CompiledPolicy policy, CompiledTenant tenant, string name)
    {
        var bit = policy.FindDataClass(tenant, name);
        string[] demands =
        [
            .. policy.Attestations.NamesIn(tenant.DataClasses.DemandsOf(bit)),
            .. tenant.DataClasses.ForbidCaching(bit) ? ["no caching"] : Array.Empty<string>(),
            .. tenant.DataClasses.ForbidContentCapture(bit) ? ["no content capture"] : Array.Empty<string>(),
        ];
        return bit == 0 ? "nothing that this tenant knows" : List(demands);
    }

    private static string[] Taken(CompiledPolicy policy, CompiledTenant tenant) => [.. policy.Workloads.Where(tenant.Takes).Select(workload => workload.Name).Order(StringComparer.Ordinal)];

    private static string List(IReadOnlyCollection<string> values) => values.Count == 0 ? "nothing" : string.Join(", ", values);
}
