using System.Collections.Immutable;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A child takes no values and no workloads that its parents don't, and what it takes where a request says nothing is among them.</summary>
internal static class AttributionNarrows
{
    public static IEnumerable<PolicyProblem> Check(TenantDocument tenant, ValidationContext context)
    {
        var lineage = context.AncestorsOf(tenant).Prepend(tenant).ToArray();
        return [.. Values(tenant, lineage), .. TagDefaults(tenant, lineage), .. Workloads(tenant, lineage), .. DefaultWorkload(tenant, lineage)];
    }

    public static bool DeclareAlike(TenantDocument a, TenantDocument b) =>
        Text(a.Tags?.Allow) == Text(b.Tags?.Allow)
        && (a.Tags?.Default.AsEnumerable() ?? []).SequenceEqual(b.Tags?.Default.AsEnumerable() ?? [])
        && (a.Workloads?.Allow ?? []).SequenceEqual(b.Workloads?.Allow ?? []) && a.Workloads?.Default == b.Workloads?.Default;

    private static string Text(ImmutableSortedDictionary<string, ImmutableArray<string>>? allow) =>
        string.Join('\n', allow?.Select(tag => $"{tag.Key}={string.Join(',', tag.Value)}") ?? []);

    private static IEnumerable<PolicyProblem> Values(TenantDocument tenant, TenantDocument[] lineage)
    {
        foreach (var (key, values) in tenant.Tags?.Allow.AsEnumerable() ?? [])
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (Refusing(lineage.AsSpan(1), key, values[i]) is { } refusing)
                {
                    yield return Problems.Wider(
                        tenant, $"spec.tags.allow.{key}[{i}]", $"{tenant.Path} allows {key}={values[i]}, and its parent {refusing.Path} allows {Listed(refusing.Tags!.Allow[key])}",
                        $"remove it here, or add it to tags.allow of {refusing.Path}");
                }
            }
        }
    }

    private static IEnumerable<PolicyProblem> TagDefaults(TenantDocument tenant, TenantDocument[] lineage)
    {
        var own = tenant.Tags;
        foreach (var key in lineage.SelectMany(at => at.Tags?.Default.Keys ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var value = lineage.Select(at => at.Tags?.Default.GetValueOrDefault(key)).First(text => text is not null)!;
            var isOwn = own?.Default.ContainsKey(key) == true;
            // What an ancestor's default meets in an ancestor's own list is told there.
            if ((isOwn || own?.Allow.ContainsKey(key) == true) && Refusing(lineage, key, value) is { } refusing)
            {
                yield return Problems.Error(
                    "Tenant", tenant.Path, isOwn ? $"spec.tags.default.{key}" : $"spec.tags.allow.{key}", "default_not_allowed",
                    $"a request of {tenant.Path} that doesn't carry {key} gets {key}={value}, and tags.allow of {refusing.Path} permits {Listed(refusing.Tags!.Allow[key])}",
                    "set a default that is allowed");
            }
        }
    }

    private static IEnumerable<PolicyProblem> Workloads(TenantDocument tenant, TenantDocument[] lineage)
    {
        var own = tenant.Workloads?.Allow ?? [];
        for (var i = 0; i < own.Length; i++)
        {
            if (Array.Find(lineage[1..], above => above.Workloads?.Allow is { } allowed && !allowed.Contains(own[i])) is { } refusing)
            {
                yield return Problems.Wider(
                    tenant, $"spec.workloads.allow[{i}]", $"{tenant.Path} takes {own[i]} requests, and its parent {refusing.Path} takes {Listed(refusing.Workloads!.Allow!.Value)}",
                    $"remove it here, or add it to workloads.allow of {refusing.Path}");
            }
        }
    }

    private static IEnumerable<PolicyProblem> DefaultWorkload(TenantDocument tenant, TenantDocument[] lineage)
    {
        var named = Array.Find(lineage, at => at.Workloads?.Default is not null);
        if (tenant.Workloads is null || named is null)
        {
            yield break;
        }

        var value = named.Workloads!.Default!;
        if (Array.Find(lineage, at => at.Workloads?.Allow is { } allowed && !allowed.Contains(value)) is { } refusing)
        {
            yield return Problems.Error(
                "Tenant", tenant.Path, named == tenant ? "spec.workloads.default" : "spec.workloads.allow", "default_not_allowed",
                $"a request of {tenant.Path} that doesn't say is {value}, and workloads.allow of {refusing.Path} permits {Listed(refusing.Workloads!.Allow!.Value)}",
                "set a default that is allowed");
        }
    }

    private static TenantDocument? Refusing(ReadOnlySpan<TenantDocument> lineage, string key, string value)
    {
        foreach (var at in lineage)
        {
            if (at.Tags?.Allow.TryGetValue(key, out var allowed) == true && !allowed.Contains(value))
            {
                return at;
            }
        }

        return null;
    }

    private static string Listed(ImmutableArray<string> values) => values.IsEmpty ? "none" : string.Join(", ", values);
}
