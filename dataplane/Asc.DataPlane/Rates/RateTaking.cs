using Asc.DataPlane.Resilience;
using Asc.Policy.Compilation;
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

    /// <param name="limit">It counts the request.</param>
    /// <param name="model">Whose calls it counts; null: the request's, whoever serves it.</param>
    public void Add(BoundLimit limit, CompiledName? model = null)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Count * 2);
        }

        entries[Count++] = new(limit, model, null, 0);
    }

    /// <summary>Takes from each, or from none.</summary>
    /// <returns>The index of the limit that has no room; -1: each has.</returns>
    public int TryTakeAll(long tokens, long now, double reserve)
    {
        ObservedRefusal = null;
        return TryTake(0, tokens, now, reserve);
    }

    /// <summary>Whether the model's limits are among those that count the request.</summary>
    public bool Counts(CompiledName model)
    {
        for (var i = 0; i < Count; i++)
        {
            if (entries[i].Model == model)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes from each limit of a model as well, or from none of them.</summary>
    public bool TryTakeMore(CompiledName model, BoundLimit[] limits, long tokens, long now, double reserve)
    {
        var before = Count;
        foreach (var limit in limits)
        {
            Add(limit, model);
        }

        if (TryTake(before, tokens, now, reserve) < 0)
        {
            return true;
        }

        Count = before;
        return false;
    }

    /// <summary>Of the limits that count the request, whoever serves it, the one that has room last, and when that is; null: each has room.</summary>
    public (BoundLimit? Limit, long Wait) Slowest(long tokens, long now, double reserve)
    {
        var (slowest, wait) = ((BoundLimit?)null, 0L);
        for (var i = 0; i < Count; i++)
        {
            var limit = entries[i].Limit;
            if (entries[i].Model is null && !limit.Limit.IsObserved && limit.TimeTo(tokens, now, reserve) is var time && time > wait)
            {
                (slowest, wait) = (limit, time);
            }
        }

        return (slowest, wait);
    }

    /// <summary>The request is refused, and told to come back in so many ticks.</summary>
    public void Expect(long now, long wait)
    {
        for (var i = 0; i < Count; i++)
        {
            entries[i].Limit.Counter.ExpectWithin(wait, now);
        }
    }

    /// <summary>The calls are over: what others than the model that serves have no more part in is settled.</summary>
    public void SettleAllBut(CompiledName serving, AttemptTrail trail, long now)
    {
        for (var i = 0; i < taken; i++)
        {
            if (entries[i].Model is { } model && model != serving)
            {
                Settle(ref entries[i], trail.UnansweredInputOf(model), now);
            }
        }
    }

    /// <summary>The request has ended: what it used is counted, the rest given back. Once.</summary>
    /// <param name="tokens">All that were used, by whomever.</param>
    /// <param name="serving">Who answered, or was asked last; null: nobody was.</param>
    /// <param name="trail">What others used.</param>
    /// <param name="now">Ticks.</param>
    public void Settle(long tokens, CompiledName? serving, AttemptTrail trail, long now)
    {
        for (; taken > 0; taken--)
        {
            ref var entry = ref entries[taken - 1];
            var used = entry.Model is { } model ? trail.UnansweredInputOf(model) + (model == serving ? tokens - trail.UnansweredInput : 0) : tokens;
            Settle(ref entry, used, now);
        }
    }

    public void Clear()
    {
        entries.AsSpan(0, Count).Clear();
        (Count, taken, ObservedRefusal) = (0, 0, null);
    }

    private int TryTake(int first, long tokens, long now, double reserve)
    {
        for (var i = first; i < Count; i++)
        {
            var limit = entries[i].Limit;
            var taking = limit.TryTake(tokens, now, reserve, out var counter);
            if (taking.Outcome != TakeOutcome.Taken && limit.Limit.IsObserved)
            {
                entries[i] = entries[i] with { Counter = null, Held = 0 };
                taken = i + 1;
                // What others may still lend is not waited for, and so not known.
                ObservedRefusal ??= limit.IsRefusedForGood(now) ? limit.Refuse(limit.TimeTo(tokens, now, 0), tokens, now, reserve: 0) : null;
                continue;
            }

            if (taking.Outcome != TakeOutcome.Taken)
            {
                GiveBack(first, now);
                return i;
            }

            entries[i] = entries[i] with { Counter = counter, Held = taking.Held };
            taken = i + 1;
        }

        return -1;
    }

    private static void Settle(ref Entry entry, long tokens, long now)
    {
        entry.Counter?.Settle(entry.Held, entry.Limit.AmountOf(tokens), now);
        entry = entry with { Counter = null };
    }

    private void GiveBack(int first, long now)
    {
        for (; taken > first; taken--)
        {
            entries[taken - 1].Counter?.GiveBack(entries[taken - 1].Held, now);
        }
    }

    // No counter: nothing is held of it any more, or it would have refused and is only observed.
    private readonly record struct Entry(BoundLimit Limit, CompiledName? Model, LimitCounter? Counter, long Held);
}
