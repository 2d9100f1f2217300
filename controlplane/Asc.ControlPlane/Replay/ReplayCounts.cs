using Asc.Contracts.Admin.V1;

namespace Asc.ControlPlane.Replay;

/// <summary>How many records went which way, and what that costs.</summary>
internal sealed class ReplayCounts
{
    private readonly long[] kinds = new long[Enum.GetValues<ReplayKind>().Length];
    private readonly CurrencySums difference = new();
    private readonly CurrencySums saved = new();
    private long unpriced;

    /// <summary>Those whose decision changes.</summary>
    public long Changed => this[ReplayKind.NewlyDenied] + this[ReplayKind.NewlyPermitted] + this[ReplayKind.MayPass] + this[ReplayKind.Rerouted] + this[ReplayKind.DeniedOtherwise];

    private long this[ReplayKind kind] => kinds[(int)kind];

    public void Add(in Replayed replayed)
    {
        kinds[(int)replayed.Kind]++;
        unpriced += replayed.Cost.IsUnpriced ? 1 : 0;
        if (replayed.Cost.Before is not { } before)
        {
            return;
        }

        difference.Subtract(before);
        if (replayed.Cost.After is { } after)
        {
            difference.Add(after);
        }
        else
        {
            saved.Add(before);
        }
    }

    public void Add(ReplayCounts other)
    {
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            kinds[kind] += other.kinds[kind];
        }

        unpriced += other.unpriced;
        difference.Add(other.difference);
        saved.Add(other.saved);
    }

    public ReplayTotals ToWire() => new()
    {
        Records = (ulong)kinds.Sum(),
        Unchanged = (ulong)this[ReplayKind.Unchanged],
        NewlyDenied = (ulong)this[ReplayKind.NewlyDenied],
        NewlyPermitted = (ulong)this[ReplayKind.NewlyPermitted],
        MayPass = (ulong)this[ReplayKind.MayPass],
        Rerouted = (ulong)this[ReplayKind.Rerouted],
        DeniedOtherwise = (ulong)this[ReplayKind.DeniedOtherwise],
        NotJudged = (ulong)this[ReplayKind.NotJudged],
        Unpriced = (ulong)unpriced,
        CostDifference = { difference.ToWire() },
        CostSaved = { saved.ToWire() },
    };
}
