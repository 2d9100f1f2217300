using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>
/// Requests or tokens per minute, smoothly: a token bucket, kept as the time when it would be full again (generic cell rate algorithm), so that one
/// number changes by one compare-and-swap.
/// </summary>
internal sealed class RateCounter(CounterName name, long now) : LimitCounter(name)
{
    private const long Retired = long.MinValue;
    private static readonly long NothingYet = TimeSpan.TicksPerSecond;
    private volatile Pace pace = Pace.None;
    private long fullAt = now;
    private double debt;

    public override long Share => pace.Share;

    public override Taking TryTake(long amount, long now, double reserve = 0)
    {
        while (true)
        {
            var (current, at) = (pace, Volatile.Read(ref fullAt));
            if (at == Retired)
            {
                return new(TakeOutcome.Retired, 0, 0);
            }

            if (current.Share == 0)
            {
                return Refused(amount, NothingYet);
            }

            var cost = CostOf(amount, current);
            var next = Math.Max(at, now) + cost;
            // Whoever leaves something to others still gets what nobody else has touched.
            var room = at <= now ? current.Tolerance : (long)(current.Tolerance * (1 - reserve));
            if (next - now > room)
            {
                return Refused(amount, reserve > 0 ? Math.Min(next - now - room, Math.Max(1, at - now)) : next - now - room);
            }

            if (Interlocked.CompareExchange(ref fullAt, next, at) == at)
            {
                return Took(amount, current);
            }
        }
    }

    public override void GiveBack(long held, long now) => Move(-held, now);

    public override void Settle(long held, long amount, long now)
    {
        if (Name.Kind == LimitKind.Tokens)
        {
            Want(amount);
        }

        Move(amount - held, now);
    }

    public override long Remaining(long now, double reserve = 0)
    {
        var (current, at) = (pace, Volatile.Read(ref fullAt));
        if (current.Share == 0)
        {
            return 0;
        }

        var left = (long)(((current.Tolerance * (1 - reserve)) - (Math.Max(at, now) - now)) / current.TicksPerUnit);
        return Math.Max(at <= now ? 1 : 0, left);
    }

    // Without a share nothing fills.
    public override long TimeToFull(long now) => pace.Share == 0 ? NothingYet : Math.Max(Volatile.Read(ref fullAt), now) - now;

    public override long TimeTo(long amount, long now, double reserve = 0)
    {
        if (pace is not { Share: > 0 } current)
        {
            return NothingYet;
        }

        var toFull = TimeToFull(now);
        return Math.Max(0, Math.Min(toFull + CostOf(amount, current) - (long)(current.Tolerance * (1 - reserve)), reserve > 0 ? toFull : long.MaxValue));
    }

    public override bool TryRetire(long now, long idle) =>
        Volatile.Read(ref fullAt) is var at && now - at > idle && Interlocked.CompareExchange(ref fullAt, Retired, at) == at;

    // What is gained comes empty unless nobody has drawn on it lately: a share that goes to and fro, or from node to node, must not bring a burst each time.
    protected override void Change(long share, bool isFull, long now)
    {
        var (old, next) = (pace, new Pace(share));
        while (true)
        {
            var at = Volatile.Read(ref fullAt);
            if (at == Retired)
            {
                return;
            }

            var credit = CreditAfter(old, next, isFull, at, now);
            var moved = next.Share == 0 ? now : now + (long)Math.Ceiling(next.Tolerance - (credit * next.TicksPerUnit));
            // Another number in any case: who reckons by the old pace is to look again.
            moved = moved == at ? moved - 1 : moved;
            if (Interlocked.CompareExchange(ref fullAt, moved, at) == at)
            {
                debt = next.Share == 0 && credit < 0 ? -credit : 0;
                pace = next;
                return;
            }
        }
    }

    private double CreditAfter(Pace old, Pace next, bool isFull, long at, long now)
    {
        var credit = old.Share == 0 ? -debt : (old.Tolerance - Math.Max(0, at - now)) / old.TicksPerUnit;
        if (next.Share < old.Share)
        {
            // What goes away takes its part along.
            credit = credit > 0 ? credit * next.Share / old.Share : credit;
        }
        else if (isFull)
        {
            credit += next.Capacity - old.Capacity;
        }

        return Math.Min(credit, next.Capacity);
    }

    // What tokens are wanted is known when they are used; a request is one at once.
    private Taking Took(long amount, Pace current)
    {
        if (Name.Kind == LimitKind.Tokens)
        {
            return new(TakeOutcome.Taken, Math.Min(amount, (long)Math.Ceiling(current.Capacity)), 0);
        }

        Want(amount);
        return new(TakeOutcome.Taken, amount, 0);
    }

    // Tokens are bounded before they are known: a request that may need more than ever is there takes all, and settles later.
    private long CostOf(long amount, Pace current) =>
        Name.Kind == LimitKind.Tokens ? (long)Math.Min(amount * current.TicksPerUnit, current.Tolerance) : (long)(amount * current.TicksPerUnit);

    private void Move(long amount, long now)
    {
        while (amount != 0)
        {
            var (current, at) = (pace, Volatile.Read(ref fullAt));
            if (at == Retired)
            {
                return;
            }

            if (current.Share == 0)
            {
                if (TryOwe(amount))
                {
                    return;
                }

                continue;
            }

            var moved = (amount > 0 ? Math.Max(at, now) : at) + (long)(amount * current.TicksPerUnit);
            if (Interlocked.CompareExchange(ref fullAt, moved, at) == at)
            {
                return;
            }
        }
    }
    // Without a share there is no pace to reckon by: what was used all the same waits, in units, for the next one.
    private bool TryOwe(long amount)
    {
        lock (Sharing)
        {
            if (pace.Share > 0)
            {
                return false;
            }

            debt = Math.Max(0, debt + amount);
            return true;
        }
    }
}
