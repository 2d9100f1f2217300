using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>How fast a bucket refills and how much it holds. Immutable: a share that changes is another pace.</summary>
internal sealed class Pace
{
    private const long Minute = TimeSpan.TicksPerMinute;
    // Ten seconds' worth: whatever is used, no minute sees more than 7/6 of the limit.
    private const long Burst = Minute / 6;

    public Pace(long share)
    {
        Share = share;
        TicksPerUnit = share > 0 ? (double)Minute / share : double.PositiveInfinity;
        // One request at least, however small the limit.
        Tolerance = share > 0 ? Math.Max(Burst, (long)Math.Ceiling(TicksPerUnit)) : 0;
        Capacity = share > 0 ? Tolerance / TicksPerUnit : 0;
    }

    public static Pace None { get; } = new(0);

    /// <summary>Units per minute.</summary>
    public long Share { get; }

    public double TicksPerUnit { get; }

    /// <summary>How far ahead of time a full bucket can be drawn on.</summary>
    public long Tolerance { get; }

    /// <summary>The same in units.</summary>
    public double Capacity { get; }

    /// <summary>The smallest share of a limit that lets a request through: one whole unit of its burst.</summary>
    public static long SmallestShare(LimitKind kind, long limit) => kind == LimitKind.Concurrent ? 1 : Math.Min(limit, Minute / Burst);
}
