namespace Asc.DataPlane.Rates;

/// <summary>What came of asking a counter.</summary>
internal enum TakeOutcome
{
    Taken,
    Refused,

    /// <summary>The counter was forgotten for being idle; another one counts by its name.</summary>
    Retired,
}

/// <param name="Outcome">What came of it.</param>
/// <param name="Held">How much was taken, to be settled later.</param>
/// <param name="Wait">Ticks until there is room, if nobody else takes it.</param>
internal readonly record struct Taking(TakeOutcome Outcome, long Held, long Wait)
{
    public static Taking Refuse(long wait) => new(TakeOutcome.Refused, 0, wait);
}

/// <summary>
/// Counts what one limit counts, on this node, within the node's share of it. Many requests at once, without a lock; outlives policy versions.
/// </summary>
internal abstract class LimitCounter
{
    private const int NodesInTurn = 3;
    // Who never comes back must not keep the others waiting for ever.
    private static readonly long LongestExpected = TimeSpan.FromSeconds(60).Ticks;
    private static readonly long Lateness = TimeSpan.FromSeconds(2).Ticks;
    private long validUntil;
    private long demand;
    private long refusals;
    private long expectedUntil = long.MinValue;
    private long limit;
    private (ulong Epoch, ulong Version) setBy;

    protected LimitCounter(CounterName name) => Name = name;

    public CounterName Name { get; }

    /// <summary>The limit of all nodes together, by the newest policy that asked; 0: nobody has asked here.</summary>
    public long Limit => Volatile.Read(ref limit);

    /// <summary>What this node may use of it.</summary>
    public abstract long Share { get; }

    /// <summary>Requests between admission and end; 0 where rates are counted.</summary>
    public virtual long UnderWay => 0;

    /// <summary>How many were under way at most since the last call.</summary>
    public virtual long TakeMost() => 0;

    /// <summary>What the control plane has assigned; only the share's keeper looks.</summary>
    public ShareState Assigned { get; } = new();

    /// <param name="amount">How much.</param>
    /// <param name="now">Ticks.</param>
    /// <param name="reserve">The part of what can be used at once that is left to others.</param>
    public abstract Taking TryTake(long amount, long now, double reserve = 0);

    /// <summary>Undoes a taking, as another limit refused.</summary>
    public abstract void GiveBack(long held, long now);

    /// <summary>The request has ended, and used <paramref name="amount"/>.</summary>
    public abstract void Settle(long held, long amount, long now);

    /// <summary>How much could be taken right now, one after the other.</summary>
    public abstract long Remaining(long now, double reserve = 0);

    /// <summary>Ticks until as much as ever can be taken.</summary>
    public abstract long TimeToFull(long now);

    /// <summary>Ticks until <paramref name="amount"/> can be taken; 0: now.</summary>
    public abstract long TimeTo(long amount, long now, double reserve = 0);

    /// <summary>Forgets the counter if nothing is lost by it.</summary>
    public abstract bool TryRetire(long now, long idle);

    /// <summary>Whether it ever had a share.</summary>
    public bool HasHadShare { get; private set; }

    /// <summary>Whether the share that was set has lapsed.</summary>
    public bool IsStale(long now) => now > Volatile.Read(ref validUntil);

    /// <summary>Held while limit or share change.</summary>
    protected Lock Sharing { get; } = new();

    /// <summary>Enforces a share.</summary>
    /// <param name="share">What this node may use.</param>
    /// <param name="until">When it is to be looked at anew.</param>
    /// <param name="isFull">Whether what is gained comes with its burst: nobody has drawn on it lately.</param>
    /// <param name="now">Ticks.</param>
    public void SetShare(long share, long until, bool isFull, long now)
    {
        lock (Sharing)
        {
            if (share != Share)
            {
                Change(share, isFull, now);
                HasHadShare |= share > 0;
            }

            Volatile.Write(ref validUntil, until);
        }
    }

    /// <summary>A policy has another value.</summary>
    /// <param name="value">Of all nodes together.</param>
    /// <param name="order">The policy's: a request that began under an earlier one doesn't bring its value back.</param>
    public void SetLimit(long value, (ulong Epoch, ulong Version) order)
    {
        lock (Sharing)
        {
            if (order.CompareTo(setBy) < 0)
            {
                return;
            }

            setBy = order;
            if (value != Limit)
            {
                Volatile.Write(ref limit, value);
                // The share is to be looked at before the next request.
                Volatile.Write(ref validUntil, long.MinValue);
            }
        }
    }

    /// <summary>What was wanted since the last call, refused or not; and how often was refused.</summary>
    public (long Demand, long Refusals) TakeDemand() => (Interlocked.Exchange(ref demand, 0), Interlocked.Exchange(ref refusals, 0));

    /// <summary>So much was wanted, and there was no room for it.</summary>
    public void Miss(long amount)
    {
        Want(amount);
        Interlocked.Increment(ref refusals);
    }

    /// <summary>Somebody was told to come back in so many ticks: to any node, which may tell it the same, so that this one's turn comes later.</summary>
    public void ExpectWithin(long wait, long now)
    {
        var until = now + Math.Min(wait * NodesInTurn, LongestExpected) + Lateness;
        // Of two at once either may stand: both were told about the same.
        if (until > Volatile.Read(ref expectedUntil))
        {
            Volatile.Write(ref expectedUntil, until);
        }
    }

    /// <summary>Whether somebody waits as told.</summary>
    public bool IsExpecting(long now) => now <= Volatile.Read(ref expectedUntil);

    protected abstract void Change(long share, bool isFull, long now);

    protected void Want(long amount) => Interlocked.Add(ref demand, amount);

    protected Taking Refused(long amount, long wait)
    {
        Miss(amount);
        return Taking.Refuse(wait);
    }
}
