namespace Asc.DataPlane.Rates;

/// <summary>The clock of counters and shares: it only runs forward, in units of 100 ns, and a correction of the wall clock doesn't touch it.</summary>
internal static class Ticks
{
    public const long Never = long.MaxValue;

    public static long Now(TimeProvider clock) => clock.GetElapsedTime(0, clock.GetTimestamp()).Ticks;
}
