namespace Asc.DataPlane.Resilience;

/// <summary>
/// How much load retries and hedges may add to one provider: a tenth of its requests, and one a second for those that are called seldom. A
/// provider that fails every request is not called twice as often for it (Google SRE book, "Handling overload").
/// </summary>
internal sealed class RetryBudget(TimeProvider clock)
{
    /// <summary>Retries per request.</summary>
    public const double Ratio = 0.1;

    /// <summary>Retries that may be saved up.</summary>
    public const int Maximum = 10;

    private const long Unit = 1000;
    private const long Deposit = (long)(Ratio * Unit);
    private long saved = Maximum * Unit;
    private long refilledAt = clock.GetTimestamp();

    /// <summary>A first call was made.</summary>
    public void Count()
    {
        // Full nearly always: then there is nothing to write.
        if (Volatile.Read(ref saved) < Maximum * Unit)
        {
            Add(Deposit);
        }
    }

    /// <summary>Takes a retry; false where none is left.</summary>
    public bool TryTake()
    {
        Refill();
        long had;
        do
        {
            had = Volatile.Read(ref saved);
            if (had < Unit)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref saved, had - Unit, had) != had);
        return true;
    }

    private void Refill()
    {
        var before = Volatile.Read(ref refilledAt);
        var seconds = (long)clock.GetElapsedTime(before).TotalSeconds;
        if (seconds > 0 && Interlocked.CompareExchange(ref refilledAt, before + (seconds * clock.TimestampFrequency), before) == before)
        {
            Add(Math.Min(seconds, Maximum) * Unit);
        }
    }

    private void Add(long amount)
    {
        long had;
        do
        {
            had = Volatile.Read(ref saved);
        }
        while (Interlocked.CompareExchange(ref saved, Math.Min(had + amount, Maximum * Unit), had) != had);
    }
}
