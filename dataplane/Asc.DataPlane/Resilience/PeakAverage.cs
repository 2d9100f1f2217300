namespace Asc.DataPlane.Resilience;

/// <summary>
/// A moving average of latencies that believes bad news at once and good news slowly (Finagle's peak EWMA): a sample above it replaces it, one below
/// it counts the more the longer the last one is ago. What isn't measured any more is forgotten, so that it is tried again.
/// </summary>
internal sealed class PeakAverage(TimeProvider clock)
{
    private static readonly TimeSpan HalfForgottenAfter = TimeSpan.FromSeconds(5);
    private readonly Lock adding = new();
    private double milliseconds;
    private long addedAt = clock.GetTimestamp();

    /// <summary>As of the last sample; 0: there was none.</summary>
    public double Milliseconds => Volatile.Read(ref milliseconds);

    /// <summary>What is still believed of it.</summary>
    public double At(long now) => Milliseconds is var last and > 0 ? last * KeptAt(now) : 0;

    public void Add(TimeSpan sample, long now)
    {
        var value = sample.TotalMilliseconds;
        lock (adding)
        {
            var kept = KeptAt(now);
            Volatile.Write(ref milliseconds, value >= milliseconds ? value : (milliseconds * kept) + (value * (1 - kept)));
            Volatile.Write(ref addedAt, now);
        }
    }

    private double KeptAt(long now) => Math.Pow(0.5, clock.GetElapsedTime(Math.Min(Volatile.Read(ref addedAt), now), now) / HalfForgottenAfter);
}
