using Asc.Persistence;
using Microsoft.EntityFrameworkCore;
using Node = Asc.Persistence.Nodes.Node;

namespace Asc.ControlPlane.Distribution;

/// <summary>
/// Nodes that have seen more than this database holds: it was restored from a backup, and nobody has said so yet. Once seen, a node counts as ahead
/// until a new epoch, also when this database's numbers have passed the node's, because since the backup they mean different things.
/// </summary>
internal static class AheadNodes
{
    private const string Mend = "run \"Asc.ControlPlane restored -m WHY\" on the control plane's host";

    /// <summary>Notes it where the node is found ahead, and returns why the first time.</summary>
    public static async Task<string?> NoteAsync(ControlPlaneContext database, Node node, CancellationToken cancellation)
    {
        var counters = await database.Counters.Where(row => row.Name == CounterNames.Access || row.Name == CounterNames.Epoch)
            .ToDictionaryAsync(row => row.Name, row => row.Value, cancellation);
        var (epoch, access) = (counters[CounterNames.Epoch], counters[CounterNames.Access]);
        var newest = await database.PolicyVersions.MaxAsync(version => (long?)version.Version, cancellation) ?? 0;
        var isAhead = (node.AccessEpoch, node.AccessSequence).CompareTo((epoch, access)) > 0
            || (node.EnforcedEpoch, node.EnforcedVersion).CompareTo((epoch, newest)) > 0;
        if (!isAhead || node.AheadInEpoch == epoch)
        {
            return null;
        }

        node.AheadInEpoch = epoch;
        return $"it has policy version {node.EnforcedVersion} of epoch {node.EnforcedEpoch} and keys up to {node.AccessSequence} of epoch {node.AccessEpoch}, "
            + $"and this database ends at version {newest}, keys up to {access}, epoch {epoch}: it was restored from a backup; {Mend}";
    }

    /// <summary>What <c>get nodes</c> says of a node that is ahead in <paramref name="epoch"/>.</summary>
    public static string Reason(Node node, long epoch) =>
        "ahead: it has seen more than this database holds, which was restored from a backup. "
        + (node.AccessEpoch > epoch ? "Nothing reaches it" : "Of what changes here only revocations, suspensions and kill switches reach it")
        + $" until you {Mend}.";

    /// <summary>Whether the node was found ahead in <paramref name="epoch"/>.</summary>
    public static bool IsAhead(Node node, long epoch) => node.AheadInEpoch == epoch;
}
