namespace Asc.ControlPlane.Rates;

/// <summary>The time of day as it was at the start, and what has run since: a correction of the clock ends no share early.</summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset started = time.GetUtcNow();
    private readonly long startedAt = time.GetTimestamp();

    public DateTimeOffset Now => started + time.GetElapsedTime(startedAt);
}
