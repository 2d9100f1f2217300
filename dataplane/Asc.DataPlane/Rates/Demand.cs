using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>What a node would use of a limit: what was asked of it in the last second or so, and a little more.</summary>
internal static class Demand
{
    private const double Headroom = 1.25;
    // What was wanted a moment ago is wanted again soon: halved each second.
    private const double Fading = 0.5;
    private static readonly long Lacking = TimeSpan.FromMilliseconds(500).Ticks;

    /// <param name="counter">Whose demand is taken; it begins anew.</param>
    /// <param name="elapsed">Ticks since it was last taken.</param>
    /// <param name="now">Ticks.</param>
    public static void Measure(LimitCounter counter, long elapsed, long now)
    {
        var (amount, refusals) = counter.TakeDemand();
        var assigned = counter.Assigned;
        if (assigned.IsUrgent)
        {
            assigned.IsUrgent = false;
            return;
        }

        if (counter.Name.Kind == LimitKind.Concurrent)
        {
            // A slot that is free is free at once: another node may have waited for it.
            assigned.Recent = refusals > 0 ? counter.Limit : counter.TakeMost();
        }
        else
        {
            var perMinute = amount * (double)TimeSpan.TicksPerMinute / Math.Max(1, elapsed);
            // Who waits as told wants as much as before: what it waits for must not go away meanwhile.
            assigned.Recent = Math.Min(Math.Max(perMinute, assigned.Recent * (counter.IsExpecting(now) ? 1 : Fading)), counter.Limit);
        }

        // Less than one, and fading: nothing.
        var smallest = Pace.SmallestShare(counter.Name.Kind, counter.Limit);
        assigned.Wanted = assigned.Recent < 0.5 ? 0 : Math.Min(counter.Limit, (long)Math.Ceiling(assigned.Recent * Headroom) + smallest);
    }

    /// <summary>Somebody waits for it: of slots that nobody waits for here, what is under way is kept and no more.</summary>
    public static long WantedWhenCalled(LimitCounter counter, long now) => counter.Name.Kind == LimitKind.Concurrent && now - counter.Assigned.LackedAt > Lacking
        ? counter.UnderWay
        : counter.Assigned.Wanted;

    /// <summary>A request was refused that the whole limit might have had room for.</summary>
    public static void WantAll(LimitCounter counter) =>
        (counter.Assigned.Recent, counter.Assigned.Wanted, counter.Assigned.IsUrgent) = (counter.Limit, counter.Limit, true);
}
