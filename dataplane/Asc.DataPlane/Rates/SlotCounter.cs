namespace Asc.DataPlane.Rates;

/// <summary>Requests that are under way.</summary>
internal sealed class SlotCounter(CounterName name, long now) : LimitCounter(name)
{
    private const long Retired = long.MinValue;
    private static readonly long SomeTime = TimeSpan.TicksPerSecond;
    private long share;
    private long underWay;
    private long most;
    private long lastUsed = now;

    public override long Share => Volatile.Read(ref share);

    public override long UnderWay => Math.Max(0, Volatile.Read(ref underWay));

    /// <inheritdoc/>
    public override long TakeMost() => Math.Max(Interlocked.Exchange(ref most, 0), UnderWay);

    public override Taking TryTake(long amount, long now, double reserve = 0)
    {
        while (true)
        {
            var count = Volatile.Read(ref underWay);
            if (count == Retired)
            {
                return new(TakeOutcome.Retired, 0, 0);
            }

            if (count >= SlotsBut(reserve))
            {
                return Refused(1, SomeTime);
            }

            if (Interlocked.CompareExchange(ref underWay, count + 1, count) == count)
            {
                if (count >= Volatile.Read(ref most))
                {
                    Volatile.Write(ref most, count + 1);
                }

                return new(TakeOutcome.Taken, 1, 0);
            }
        }
    }

    public override void GiveBack(long held, long now) => Interlocked.Decrement(ref underWay);

    public override void Settle(long held, long amount, long now)
    {
        Volatile.Write(ref lastUsed, now);
        GiveBack(held, now);
    }

    public override long Remaining(long now, double reserve = 0) => Math.Max(0, SlotsBut(reserve) - UnderWay);

    public override long TimeToFull(long now) => 0;

    public override long TimeTo(long amount, long now, double reserve = 0) => UnderWay < SlotsBut(reserve) ? 0 : SomeTime;

    public override bool TryRetire(long now, long idle) =>
        now - Volatile.Read(ref lastUsed) > idle && Interlocked.CompareExchange(ref underWay, Retired, 0) == 0;

    protected override void Change(long share, bool isFull, long now) => Volatile.Write(ref this.share, share);

    // What is left when some are left to others.
    private long SlotsBut(double reserve)
    {
        var all = Share;
        return all - (long)(all * reserve);
    }
}
