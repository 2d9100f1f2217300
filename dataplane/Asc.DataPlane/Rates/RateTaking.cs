using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Rates;

/// <summary>What one request has taken from which counters. Belongs to its exchange, and is used again by the next one.</summary>
internal sealed class RateTaking
{
    private Entry[] entries = new Entry[8];
    private int taken;

    /// <summary>How many limits count the request.</summary>
    public int Count { get; private set; }

    /// <summary>The first limit that would have refused and is only observed; null: none.</summary>
    public LimitRefusal? ObservedRefusal { get; private set; }

    public BoundLimit this[int index] => entries[index].Limit;

    public void Add(BoundLimit limit)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Count * 2);
        }

        entries[Count++] = new(limit, null!, 0);
    }

    /// <summary>Takes from each, or from none.</summary>
    /// <returns>The index of the limit that has no room; -1: each has.</returns>
    public int TryTakeAll(long tokens, long now, double reserve)
    {
        ObservedRefusal = null;
        for (var i = 0; i < Count; i++)
        {
            var limit = entries[i].Limit;
            var taking = limit.TryTake(AmountOf(limit, tokens), now, reserve, out var counter);
            if (taking.Outcome != TakeOutcome.Taken && limit.Limit.IsObserved)
            {
                entries[i] = new(limit, null, 0);
                taken = i + 1;
                ObservedRefusal ??= limit.Refuse(limit.Counter.TimeTo(AmountOf(limit, tokens), now));
                continue;
            }

            if (taking.Outcome != TakeOutcome.Taken)
            {
                GiveBack(now);
                return i;
            }

            entries[i] = new(limit, counter, taking.Held);
            taken = i + 1;
        }

        return -1;
    }

    /// <summary>The limit that has room last, and when that is.</summary>
    public (BoundLimit Limit, long Wait) Slowest(long tokens, long now, double reserve, int refused)
    {
        var (slowest, wait) = (entries[refused].Limit, entries[refused].Limit.Counter.TimeTo(AmountOf(entries[refused].Limit, tokens), now, reserve));
        for (var i = 0; i < Count; i++)
        {
            var limit = entries[i].Limit;
            if (!limit.Limit.IsObserved && limit.Counter.TimeTo(AmountOf(limit, tokens), now, reserve) is var time && time > wait)
            {
                (slowest, wait) = (limit, time);
            }
        }

        return (slowest, wait);
    }

    /// <summary>The request has ended: what it used is counted, the rest given back. Once.</summary>
    public void Settle(long tokens, long now)
    {
        for (; taken > 0; taken--)
        {
            var entry = entries[taken - 1];
            entry.Counter?.Settle(entry.Held, AmountOf(entry.Limit, tokens), now);
        }
    }

    public void Clear()
    {
        entries.AsSpan(0, Count).Clear();
        (Count, taken, ObservedRefusal) = (0, 0, null);
    }

    private void GiveBack(long now)
    {
        for (; taken > 0; taken--)
        {
            entries[taken - 1].Counter?.GiveBack(entries[taken - 1].Held, now);
        }
    }

    private static long AmountOf(BoundLimit limit, long tokens) => limit.Kind == Asc.Policy.Compilation.LimitKind.Tokens ? tokens : 1;

    // Null: it would have refused, and is only observed.
    private readonly record struct Entry(BoundLimit Limit, LimitCounter? Counter, long Held);
}
