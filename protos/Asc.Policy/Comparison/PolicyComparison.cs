using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Comparison;

/// <summary>What differs between two documents, and whom it touches.</summary>
/// <param name="Changes">By kind and name.</param>
/// <param name="AffectedTenants">Paths of the tenants for whom some request would be judged or routed otherwise.</param>
public sealed record PolicyComparison(IReadOnlyList<PolicyChange> Changes, IReadOnlyList<string> AffectedTenants)
{
    /// <summary>Compares what the two declare and what follows from it. Both must be free of validation errors.</summary>
    public static PolicyComparison Compare(PolicyDocument from, PolicyDocument to)
    {
        var (before, after) = (PolicyCompiler.Compile(from, 0), PolicyCompiler.Compile(to, 0));
        var changes = new List<PolicyChange>();
        changes.AddRange(Declared("Provider", from.Providers, to.Providers, provider => provider.Name, DeclarationText.Of));
        changes.AddRange(Declared("Model", from.Models, to.Models, model => model.Name, DeclarationText.Of));
        changes.AddRange(Declared("Route", from.Routes, to.Routes, route => route.Name, DeclarationText.Of));
        changes.AddRange(Declared("Workload", from.Workloads, to.Workloads, workload => workload.Name, DeclarationText.Of));
        changes.AddRange(Declared("Tenant", from.Tenants, to.Tenants, tenant => tenant.Path, DeclarationText.Of)
            .Select(change => change with { Text = TenantText(change, before, after) }));

        var paths = before.Tenants.Concat(after.Tenants).Select(tenant => tenant.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var affected = new List<string>();
        foreach (var path in paths)
        {
            var difference = TenantDifference.Between(path, before, after);
            if (difference.IsEmpty)
            {
                continue;
            }

            affected.Add(path);
            // What follows for a tenant whose own declaration stands as it was.
            if (!changes.Exists(change => change.Kind == "Tenant" && change.Name == path))
            {
                changes.Add(new("Tenant", path, "change", $"{path} {difference}"));
            }
        }

        return new(changes, affected);
    }

    private static IEnumerable<PolicyChange> Declared<T>(
        string kind, IEnumerable<T> from, IEnumerable<T> to, Func<T, string> name, Func<T, IReadOnlyList<(string Field, string Value)>> text)
    {
        var before = from.ToDictionary(name, StringComparer.Ordinal);
        var after = to.ToDictionary(name, StringComparer.Ordinal);
        foreach (var key in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!after.TryGetValue(key, out var current))
            {
                yield return new(kind, key, "remove", $"{key} is removed");
            }
            else if (!before.TryGetValue(key, out var earlier))
            {
                var declared = string.Join("; ", text(current).Where(field => field.Value.Length > 0).Select(field => $"{field.Field} {field.Value}"));
                yield return new(kind, key, "add", declared.Length > 0 ? $"{key} is new: {declared}" : $"{key} is new");
            }
            else if (text(earlier).Zip(text(current)).Where(pair => pair.First.Value != pair.Second.Value).ToArray() is { Length: > 0 } differing)
            {
                yield return new(kind, key, "change", $"{key}: {string.Join("; ", differing.Select(pair => $"{pair.First.Field} {Shown(pair.First.Value)} becomes {Shown(pair.Second.Value)}"))}");
            }
        }
    }

    private static string Shown(string value) => value.Length > 0 ? value : "(none)";

    private static string TenantText(PolicyChange change, CompiledPolicy before, CompiledPolicy after)
    {
        var difference = TenantDifference.Between(change.Name, before, after);
        if (change.Operation != "change" || difference.IsEmpty)
        {
            return change.Text;
        }

        // Of rules that are only observed nothing follows: they are told as they are declared.
        var observes = before.FindTenant(change.Name)!.Document.Observe | after.FindTenant(change.Name)!.Document.Observe;
        return $"{change.Name} {difference}" + (observes == ObservedRules.None ? "" : $" ({change.Text[(change.Name.Length + 2)..]})");
    }
}
