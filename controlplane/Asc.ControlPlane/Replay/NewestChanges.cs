using Asc.Contracts.Telemetry.V1;

namespace Asc.ControlPlane.Replay;

/// <summary>A record whose decision changes.</summary>
internal sealed record ReplayedChange(long Position, string Tenant, ExecutionRecord Record, Replayed Replayed);

/// <summary>The newest few changes of one kind and tenant, each unlike the others, whatever the order in which they are met.</summary>
internal sealed class NewestChanges
{
    public const int Kept = 3;

    // By position, the newest first.
    private readonly List<ReplayedChange> changes = new(Kept);

    public IReadOnlyList<ReplayedChange> Changes => changes;

    public bool Wants(long position) => changes.Count < Kept || changes[^1].Position < position;

    public void Add(ReplayedChange change)
    {
        if (!Wants(change.Position))
        {
            return;
        }

        // The same again says nothing new; of the same the newest is shown.
        if (changes.FindIndex(one => IsLike(one, change)) is var same and >= 0)
        {
            if (changes[same].Position > change.Position)
            {
                return;
            }

            changes.RemoveAt(same);
        }

        var at = changes.FindIndex(one => one.Position < change.Position);
        changes.Insert(at < 0 ? changes.Count : at, change);
        if (changes.Count > Kept)
        {
            changes.RemoveAt(Kept);
        }
    }

    private static bool IsLike(ReplayedChange one, ReplayedChange other) =>
        (one.Record.RequestedModel, one.Replayed.Before, one.Replayed.After) == (other.Record.RequestedModel, other.Replayed.Before, other.Replayed.After);
}
