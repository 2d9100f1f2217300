using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>Tags are named as a header can carry them, each once, and a tenant's policy doesn't name too many.</summary>
internal sealed class TagsAreWellFormed : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context) => context.Document.Tenants.SelectMany(tenant => tenant.Tags is { } tags
        ? [.. Keys(tenant, tags), .. Values(tenant, tags), .. Count(tenant, tags, context)]
        : Enumerable.Empty<PolicyProblem>());

    private static IEnumerable<PolicyProblem> Keys(TenantDocument tenant, TagsDocument tags)
    {
        var places = tags.Require.Select((key, i) => (key, path: $"spec.tags.require[{i}]"))
            .Concat(tags.Allow.Keys.Select(key => (key, path: $"spec.tags.allow.{key}")))
            .Concat(tags.Default.Keys.Select(key => (key, path: $"spec.tags.default.{key}")));
        foreach (var (key, path) in places.Where(place => !AttributionNames.IsTagKey(place.key)))
        {
            yield return Problems.Error("Tenant", tenant.Path, path, "invalid_name", $"\"{key}\" is not a tag's name", $"use {AttributionNames.TagKeyRule}");
        }

        for (var i = 0; i < tags.Require.Length; i++)
        {
            if (tags.Require.AsSpan(0, i).Contains(tags.Require[i]))
            {
                yield return Problems.Error("Tenant", tenant.Path, $"spec.tags.require[{i}]", "duplicate", $"\"{tags.Require[i]}\" is listed twice", "keep one");
            }
        }
    }

    private static IEnumerable<PolicyProblem> Values(TenantDocument tenant, TagsDocument tags)
    {
        foreach (var (key, values) in tags.Allow)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var path = $"spec.tags.allow.{key}[{i}]";
                if (!AttributionNames.IsTagValue(values[i]))
                {
                    yield return Problems.Error("Tenant", tenant.Path, path, "invalid_value", $"\"{values[i]}\" is not a tag's value", $"use {AttributionNames.TagValueRule}");
                }
                else if (values.AsSpan(0, i).Contains(values[i]))
                {
                    yield return Problems.Error("Tenant", tenant.Path, path, "duplicate", $"\"{values[i]}\" is listed twice", "keep one");
                }
            }
        }

        foreach (var (key, value) in tags.Default.Where(tag => !AttributionNames.IsTagValue(tag.Value)))
        {
            yield return Problems.Error("Tenant", tenant.Path, $"spec.tags.default.{key}", "invalid_value", $"\"{value}\" is not a tag's value", $"use {AttributionNames.TagValueRule}");
        }
    }

    private static IEnumerable<PolicyProblem> Count(TenantDocument tenant, TagsDocument tags, ValidationContext context)
    {
        var named = context.AncestorsOf(tenant).SelectMany(above => above.Tags?.Keys ?? []).Concat(tags.Keys).Distinct(StringComparer.Ordinal).Count();
        return named <= CompiledTags.Maximum
            ? []
            : [Problems.Error("Tenant", tenant.Path, "spec.tags", "too_many_tags", $"{tenant.Path} and the tenants above it name {named} tags, and {CompiledTags.Maximum} are the most", "remove some")];
    }
}
