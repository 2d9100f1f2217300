using System.Collections.Concurrent;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>Every counter by its name. What is idle is forgotten: memory follows what is in use, not what has ever been.</summary>
internal sealed class CounterBook(TimeProvider clock)
{
    private static readonly long Idle = TimeSpan.FromMinutes(5).Ticks;
    private readonly ConcurrentDictionary<CounterName, LimitCounter> counters = new();

    public int Count => counters.Count;

    public IEnumerable<LimitCounter> Counters => counters.Values;

    /// <summary>The counter, which begins to count where there is none.</summary>
    public LimitCounter Open(CounterName name) => counters.GetOrAdd(name, static (name, clock) =>
        name.Kind == LimitKind.Concurrent ? new SlotCounter(name, Ticks.Now(clock)) : new RateCounter(name, Ticks.Now(clock)), clock);

    public LimitCounter? Find(CounterName name) => counters.GetValueOrDefault(name);

    /// <summary>Forgets what has been idle and is full, but for what the control plane has assigned.</summary>
    public void Sweep()
    {
        var now = Ticks.Now(clock);
        foreach (var (name, counter) in counters)
        {
            if (counter.Assigned.Units is null && counter.TryRetire(now, Idle))
            {
                counters.TryRemove(new(name, counter));
            }
        }
    }
}
