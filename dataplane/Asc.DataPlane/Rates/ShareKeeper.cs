using Asc.Contracts.Accounting;
using Asc.Contracts.Accounting.V1;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>
/// Keeps what this node holds of limits that many nodes share: its part of what is implied, and what was assigned. Tells of it in accounts and
/// follows the statements; without them what was assigned lapses, and what is implied stays.
/// </summary>
internal sealed class ShareKeeper(CounterBook book, NodeIdentity node) : IShareSource
{
    private static readonly long Measuring = TimeSpan.FromMilliseconds(500).Ticks;
    // So long a control plane's word that there is no more is taken.
    private static readonly long Fresh = TimeSpan.FromSeconds(1).Ticks;
    private readonly Lock keeping = new();
    private readonly HashSet<string> called = new(StringComparer.Ordinal);
    private TaskCompletionSource round = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong operation;
    private ulong answered;
    private ulong epoch;
    private long sentAt;
    private long measuredAt;
    private long promiseUntil = long.MinValue;
    private long part;
    private volatile bool isConnected;

    /// <summary>Millionths of the implied shares.</summary>
    public long Part => Volatile.Read(ref part);

    /// <summary>Whether anything is assigned, so that it must be renewed.</summary>
    public bool HasAssigned { get; private set; }

    /// <summary>Limits whose implied share was given up for others, as of the last account.</summary>
    public IReadOnlySet<string> Lent { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether a control plane is there to be asked.</summary>
    public bool IsConnected => isConnected;

    /// <summary>Something can't wait for the next account.</summary>
    public Action OnUrgent { get; set; } = static () => { };

    public void Refresh(LimitCounter counter, long now)
    {
        lock (counter.Assigned)
        {
            Enforce(counter, isFull: false, now);
        }
    }

    public Task? MoreOf(LimitCounter counter, long now)
    {
        if (!isConnected || counter.Share >= counter.Limit)
        {
            return null;
        }

        // Before the look: what is told meanwhile ends this round.
        var current = Volatile.Read(ref round).Task;
        lock (counter.Assigned)
        {
            counter.Assigned.LackedAt = now;
            if (counter.Assigned.ToldAt > now - Fresh && counter.Assigned.Wanted >= counter.Limit)
            {
                return counter.Assigned.MoreMayCome ? current : null;
            }

            if (counter.Assigned.Wanted < counter.Limit)
            {
                Demand.WantAll(counter);
            }
        }

        OnUrgent();
        return current;
    }

    /// <summary>A stream began or ended.</summary>
    public void Connect(bool connected)
    {
        lock (keeping)
        {
            answered = 0;
            isConnected = connected;
            EndRound();
        }
    }

    /// <summary>What the process before this one had: others may use what it had lent as long as it would have let them.</summary>
    public void Restore(StoredShares stored, TimeSpan promise, long now)
    {
        lock (keeping)
        {
            promiseUntil = now + promise.Ticks;
            Volatile.Write(ref part, (long)stored.Part);
            foreach (var name in stored.Lent.Select(CounterName.Parse).OfType<CounterName>())
            {
                var assigned = book.Open(name).Assigned;
                (assigned.Units, assigned.Until) = (0, long.MinValue);
            }
        }
    }

    /// <summary>The control plane wants to be told of these.</summary>
    public void Call(IEnumerable<string> limits)
    {
        lock (keeping)
        {
            called.UnionWith(limits);
        }
    }

    /// <summary>What this node holds and wants.</summary>
    public NodeAccount Account(long now, bool leaving = false)
    {
        lock (keeping)
        {
            sentAt = now;
            var account = new NodeAccount
            {
                Node = node.Name, Boot = node.Boot, Operation = ++operation, Answered = answered, Epoch = epoch, Shares = new() { Part = (ulong)Part, Leaving = leaving },
            };
            var lent = new HashSet<string>(StringComparer.Ordinal);
            account.Shares.Limits.AddRange(leaving ? [] : Reports(lent, now));
            Lent = lent;
            called.Clear();
            HasAssigned = account.Shares.Limits.Count > 0;
            return account;
        }
    }

    /// <summary>Brings a statement into force.</summary>
    /// <returns>Whether the control plane waits to hear that it is.</returns>
    public bool Apply(ControlStatement statement, long now)
    {
        lock (keeping)
        {
            if (statement.Operation != operation)
            {
                return false;
            }

            var isFirst = answered == 0;
            (answered, epoch) = (operation, statement.Epoch);
            var shares = statement.Shares;
            promiseUntil = now + Ticks(shares.PromiseSeconds);
            var lowered = TakePart((long)shares.Part, now);
            foreach (var share in shares.Limits)
            {
                lowered |= Take(share, sentAt + Ticks(shares.ValidSeconds), now);
            }

            called.UnionWith(shares.Tell);
            EndRound();
            return lowered || isFirst || called.Count > 0;
        }
    }

    private static long Ticks(double seconds) => (long)(seconds * TimeSpan.TicksPerSecond);

    private IEnumerable<LimitReport> Reports(HashSet<string> lent, long now)
    {
        foreach (var limit in called)
        {
            Await(limit);
        }

        var elapsed = now - measuredAt;
        var measures = elapsed >= Measuring;
        measuredAt = measures ? now : measuredAt;
        var due = new List<LimitCounter>();
        foreach (var counter in book.Counters)
        {
            if (measures)
            {
                Demand.Measure(counter, elapsed, now);
            }

            if (IsToBeTold(counter, now))
            {
                due.Add(counter);
            }
        }

        foreach (var counter in due.Count <= AccountSize.MaximumLimits ? due : due.OrderBy(counter => counter.Assigned.ReportedAt).Take(AccountSize.MaximumLimits))
        {
            yield return ReportOf(counter, now);
        }

        // By what was lent of, not by what is left of it: a process that starts anew may enforce another value.
        lent.UnionWith(due.Where(counter => counter.Assigned is { Units: { } units } assigned && (assigned.Of == 0 || ImpliedShare.IsMoreThan(units, assigned.Of, Part))).Select(counter => counter.Name.Text));
    }

    // Called for before it was ever met: until the control plane says otherwise, nothing of it is used.
    private void Await(string limit)
    {
        if (CounterName.Parse(limit) is { } name && book.Open(name) is { Limit: 0, Assigned.Units: null } unmet)
        {
            lock (unmet.Assigned)
            {
                unmet.Assigned.Units = unmet.Limit == 0 ? 0 : null;
            }
        }
    }

    private bool IsToBeTold(LimitCounter counter, long now)
    {
        lock (counter.Assigned)
        {
            Enforce(counter, isFull: false, now);
            var assigned = counter.Assigned;
            return assigned.Units is not null || called.Contains(counter.Name.Text) || (assigned.Wanted > counter.Share && counter.Share < counter.Limit);
        }
    }

    private LimitReport ReportOf(LimitCounter counter, long now)
    {
        lock (counter.Assigned)
        {
            Enforce(counter, isFull: false, now);
            var (assigned, name) = (counter.Assigned, counter.Name.Text);
            assigned.ReportedAt = now;
            // What it has of a limit that it has not met is a part of what it was told.
            var value = counter.Limit == 0 && assigned.Units is not null ? assigned.Of : counter.Limit;
            if (counter.Limit > 0)
            {
                // What is told is held to until there is an answer, whatever policy comes meanwhile, and whatever has lapsed.
                assigned.Until = assigned.Units is null ? now : assigned.Until;
                (assigned.Units, assigned.Of) = (counter.Share, counter.Limit);
            }

            return new LimitReport
            {
                Limit = name,
                Value = (ulong)value,
                Smallest = (ulong)Smallest(counter.Name.Kind, value),
                // What is not met yet may be met before the statement comes.
                Held = (ulong)(counter.Limit == 0 ? assigned.Units ?? 0 : Math.Max(counter.Share, counter.UnderWay)),
                Wanted = (ulong)(called.Contains(name) ? Demand.WantedWhenCalled(counter, now) : assigned.Wanted),
                LingerSeconds = counter.Name.Kind == LimitKind.Concurrent ? 60u : 0,
            };
        }
    }

    private bool TakePart(long next, long now)
    {
        if (next == Part)
        {
            return false;
        }

        var lowered = next < Part;
        Volatile.Write(ref part, next);
        foreach (var counter in book.Counters)
        {
            Refresh(counter, now);
        }

        return lowered;
    }

    private bool Take(LimitShare share, long until, long now)
    {
        if (CounterName.Parse(share.Limit) is not { } name)
        {
            return false;
        }

        var counter = book.Open(name);
        lock (counter.Assigned)
        {
            var (assigned, before) = (counter.Assigned, counter.Share);
            (assigned.Units, assigned.Of) = (share.Released ? null : (long)share.Units, (long)share.Value);
            (assigned.Until, assigned.MoreMayCome, assigned.ToldAt) = (until, share.MoreMayCome, now);
            Enforce(counter, share.Full, now);
            return counter.Share < before;
        }
    }

    private void Enforce(LimitCounter counter, bool isFull, long now)
    {
        var assigned = counter.Assigned;
        var implied = ImpliedShare.Of(counter.Limit, Part, Smallest(counter));
        if (assigned.Units is not null && now > assigned.Until && now > promiseUntil)
        {
            // Nobody has counted on it any more: what was given up is this node's again.
            assigned.Units = null;
        }

        if (assigned.Units is not null && counter.Limit > 0)
        {
            (assigned.Units, assigned.Of) = (assigned.UnitsOf(counter.Limit, Smallest(counter)), Math.Min(assigned.Of, counter.Limit));
        }

        if (assigned.Units is null)
        {
            // Its own part, which nobody else draws on.
            counter.SetShare(implied, Rates.Ticks.Never, isFull || !counter.HasHadShare, now);
        }
        else if (now <= assigned.Until)
        {
            counter.SetShare(assigned.Units.Value, assigned.Until, isFull, now);
        }
        else
        {
            counter.SetShare(Math.Min(assigned.Units.Value, implied), promiseUntil, isFull: false, now);
        }
    }

    private static long Smallest(LimitCounter counter) => Smallest(counter.Name.Kind, counter.Limit);

    private static long Smallest(LimitKind kind, long limit) => Math.Max(1, Pace.SmallestShare(kind, limit));

    private void EndRound() => Interlocked.Exchange(ref round, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
