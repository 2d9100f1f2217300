using Asc.Policy.Documents;

namespace Asc.Policy.Comparison;

/// <summary>What differs between two documents, and whom it touches.</summary>
/// <param name="Changes">In the order of kinds and names.</param>
/// <param name="AffectedTenants">Paths of the tenants for whom some request would be judged or routed otherwise.</param>
public sealed record PolicyComparison(IReadOnlyList<PolicyChange> Changes, IReadOnlyList<string> AffectedTenants)
{
    /// <summary>Compares what <paramref name="from"/> and <paramref name="to"/> declare and what follows from it.</summary>
    public static PolicyComparison Compare(PolicyDocument from, PolicyDocument to)
    {
        var changes = new List<PolicyChange>();
        Collect(changes, "Tenant", from.Tenants, to.Tenants, tenant => tenant.Path);
        return new(changes, [.. changes.Select(change => change.Name)]);
    }

    private static void Collect<T>(List<PolicyChange> changes, string kind, IEnumerable<T> from, IEnumerable<T> to, Func<T, string> name)
    {
        var before = from.ToDictionary(name);
        var after = to.ToDictionary(name);
        changes.AddRange(before.Keys.Except(after.Keys).Select(key => new PolicyChange(kind, key, "remove", $"{key} is removed")));
        changes.AddRange(after.Keys.Except(before.Keys).Select(key => new PolicyChange(kind, key, "add", $"{key} is added")));
    }
}
