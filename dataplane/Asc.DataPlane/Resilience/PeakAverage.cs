namespace Asc.DataPlane.Resilience;

/// <summary>
/// A moving average of latencies that believes bad news at once and good news slowly (Finagle's peak EWMA): a sample above it replaces it, one below
/// it counts the more the longer the last one is ago.
/// </summary>
internal sealed class PeakAverage(TimeProvider clock)
{
    private static readonly TimeSpan HalfForgottenAfter = TimeSpan.FromSeconds(10);
    private readonly Lock adding = new();
    private double milliseconds;
    private long addedAt = clock.GetTimestamp();

    /// <summary>0: nothing is known.</summary>
    public double Milliseconds => Volatile.Read(ref milliseconds);

    public void Add(TimeSpan sample, long now)
    {
        var value = sample.TotalMilliseconds;
        lock (adding)
        {
            var kept = Math.Pow(0.5, clock.GetElapsedTime(addedAt, now) / HalfForgottenAfter);
            Volatile.Write(ref milliseconds, value >= milliseconds ? value : (milliseconds * kept) + (value * (1 - kept)));
            addedAt = now;
        }
    }
}
