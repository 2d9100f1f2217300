using Asc.Policy.Documents;

namespace Asc.ControlPlane.Policies;

/// <summary>What a tenant's document says of tags, workloads and data classes, a line a rule.</summary>
internal static class AttributionRuleTexts
{
    public static IEnumerable<(string Rule, IEnumerable<string> Values)> Of(TenantDocument tenant) => [.. Of(tenant.Tags), .. Of(tenant.Workloads), .. Of(tenant.DataClasses)];

    private static IEnumerable<(string Rule, IEnumerable<string> Values)> Of(TagsDocument? tags)
    {
        if (tags is { Require.IsEmpty: false })
        {
            yield return ("tags.require", tags.Require);
        }

        foreach (var (key, values) in tags?.Allow.AsEnumerable() ?? [])
        {
            yield return ($"tags.allow.{key}", values);
        }

        foreach (var (key, value) in tags?.Default.AsEnumerable() ?? [])
        {
            yield return ($"tags.default.{key}", [value]);
        }
    }

    private static IEnumerable<(string Rule, IEnumerable<string> Values)> Of(WorkloadsDocument? workloads)
    {
        if (workloads?.Allow is { } allow)
        {
            yield return ("workloads.allow", allow);
        }

        if (workloads?.Default is { } named)
        {
            yield return ("workloads.default", [named]);
        }
    }

    private static IEnumerable<(string Rule, IEnumerable<string> Values)> Of(DataClassesDocument? classes)
    {
        if (classes is { Floor.IsEmpty: false })
        {
            yield return ("dataClasses.floor", classes.Floor);
        }

        foreach (var (name, rule) in classes?.Rules.AsEnumerable() ?? [])
        {
            yield return ($"dataClasses.rules.{name}", [DataClassText.Of(rule)]);
        }
    }
}
