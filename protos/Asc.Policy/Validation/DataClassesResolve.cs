using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A data class that a tenant sets as a floor has a rule, its own or one above: what nothing is said of would demand nothing.</summary>
internal sealed class DataClassesResolve : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        var count = AttributionCompiler.DataClassesOf(context.Document).Count();
        return
        [
            .. context.Document.Tenants.Where(tenant => tenant.DataClasses is not null).SelectMany(tenant => Check(tenant, tenant.DataClasses!, context)),
            .. count <= BitNames.Maximum
                ? []
                : new[] { Problems.Error("", "", "", "too_many_data_classes", $"the policy names {count} data classes, and {BitNames.Maximum} are the most", "give data that is protected alike the same class") },
        ];
    }

    private static IEnumerable<PolicyProblem> Check(TenantDocument tenant, DataClassesDocument classes, ValidationContext context)
    {
        foreach (var name in classes.Rules.Keys.Where(name => !AttributionNames.IsName(name)))
        {
            yield return Problems.Error("Tenant", tenant.Path, $"spec.dataClasses.rules.{name}", "invalid_name", $"\"{name}\" is not a data class's name", "use lower-case letters, digits and \"-\", 63 at most");
        }

        var ruled = context.AncestorsOf(tenant).SelectMany(above => above.DataClasses?.Rules.Keys ?? []).Concat(classes.Rules.Keys).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < classes.Floor.Length; i++)
        {
            var (name, path) = (classes.Floor[i], $"spec.dataClasses.floor[{i}]");
            if (!ruled.Contains(name))
            {
                yield return Problems.Dangling("Tenant", tenant.Path, path, "rule for the data class", name, ruled);
            }
            else if (classes.Floor.AsSpan(0, i).Contains(name))
            {
                yield return Problems.Error("Tenant", tenant.Path, path, "duplicate", $"\"{name}\" is listed twice", "keep one");
            }
        }
    }
}
