using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A model may stand in a route once for each kind of request; the first that takes one counts, so what stands behind it must differ.</summary>
internal static class RepeatedTargets
{
    private const string Always = "always";

    /// <summary>What is wrong with the target for those before it; null: nothing.</summary>
    public static PolicyProblem? Problem(RouteDocument route, int place)
    {
        var (target, path) = (route.Targets[place], $"spec.targets[{place}].model");
        for (var before = 0; before < place; before++)
        {
            var earlier = route.Targets[before];
            if (earlier.Model != target.Model)
            {
                continue;
            }

            var (taken, wanted) = (Condition(earlier.When), Condition(target.When));
            if (taken == wanted)
            {
                return Problems.Error(
                    "Route", route.Name, path, "duplicate", $"{target.Model} is listed twice{(wanted == Always ? "" : " with one condition")}", "keep one, or give them different conditions (when)");
            }

            if (taken == Always)
            {
                return Problems.Error(
                    "Route", route.Name, path, "never_reached", $"{target.Model} is taken by spec.targets[{before}] already, whatever is asked", $"write it before spec.targets[{before}], which has no condition, or remove it");
            }
        }

        return null;
    }

    // Lists mean the same in any order.
    private static string Condition(TargetConditionDocument? when) => when is null ? Always : ConditionText.Of(when with
    {
        Workloads = [.. when.Workloads.Order(StringComparer.Ordinal)],
        DataClasses = [.. when.DataClasses.Order(StringComparer.Ordinal)],
        Tags = when.Tags.SetItems(when.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value.Sort(StringComparer.Ordinal)))),
    });
}
