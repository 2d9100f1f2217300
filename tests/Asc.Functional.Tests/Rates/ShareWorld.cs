using Asc.Contracts.Accounting;
using Asc.Contracts.Accounting.V1;
using Asc.ControlPlane.Rates;
using Asc.DataPlane;
using Asc.DataPlane.Rates;
using Asc.Persistence.Rates;
using Asc.Policy.Compilation;
using Microsoft.Extensions.Time.Testing;

namespace Asc.Functional.Tests.Rates;

/// <summary>Nodes and a control plane without a network: the product's own keeper and divider, and messages that are late, lost or twice.</summary>
internal sealed class ShareWorld
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider clock = new(Start);
    private readonly Dictionary<CounterName, long> limits;
    private readonly List<SimulatedNode> nodes;
    private readonly List<NodeAccount> ghosts = [];
    private List<RateMember> members = [];
    private List<RateHolding> holdings = [];
    private TimeSpan skew;
    private ulong boots;

    public ShareWorld(int nodeCount, long requests, long slots)
    {
        limits = new() { [new(LimitScope.Tenant, LimitKind.Requests, "t")] = requests, [new(LimitScope.Tenant, LimitKind.Concurrent, "t")] = slots };
        nodes = [.. Enumerable.Range(0, nodeCount).Select(index => new SimulatedNode($"n{index}", ++boots, clock))];
    }

    public long Now => Ticks.Now(clock);

    public SimulatedNode this[int node] => nodes[node % nodes.Count];

    /// <summary>What all nodes together may use of each limit, beside the limit: the largest value that any of them enforces.</summary>
    public IEnumerable<(CounterName Name, long Held, long Limit)> Shares() =>
        limits.Select(limit => (limit.Key, Present.Sum(node => node.ShareOf(limit.Key, ValueAt(node, limit.Value), Now)), Present.Max(node => (long?)ValueAt(node, limit.Value)) ?? 0));

    private IEnumerable<SimulatedNode> Present => nodes.Where(node => !node.HasEnded);

    /// <summary>The node adopts a policy whose limits are a fraction of the others.</summary>
    public void Adopt(int node, int divisor) => this[node].Divisor = divisor;

    private static long ValueAt(SimulatedNode node, long value) => Math.Max(1, value / node.Divisor);

    public void Pass(TimeSpan time) => clock.Advance(time);

    public void Want(int node) => Array.ForEach([.. limits], limit => this[node].Want(limit.Key, ValueAt(this[node], limit.Value), Now));

    /// <summary>One request at the node, over at once: 1 where it passes.</summary>
    public int Take(int node, LimitKind kind, long value) => this[node].Take(new(LimitScope.Tenant, kind, "t"), value, Now);

    /// <inheritdoc cref="SimulatedNode.TakeOrWait"/>
    public TimeSpan TakeOrWait(int node, LimitKind kind, long value) => TimeSpan.FromTicks(this[node].TakeOrWait(new(LimitScope.Tenant, kind, "t"), value, Now));

    /// <summary>The node sends an account, if it may: one at a time.</summary>
    public void Send(int node)
    {
        if (this[node] is { HasEnded: false, Account: null, Statement: null } sending)
        {
            sending.Connect();
            sending.Account = sending.Keeper.Account(Now);
            sending.Stored = new() { Part = (ulong)sending.Keeper.Part, Lent = { sending.Keeper.Lent } };
        }
    }

    /// <summary>The control plane does what the node asked for.</summary>
    public void Settle(int node)
    {
        if (this[node] is { Account: { } account } sender)
        {
            sender.Account = null;
            if (Divide(account) is { } statement)
            {
                sender.Statement = statement;
            }
            else
            {
                sender.Disconnect();
            }
        }
    }

    public void Receive(int node)
    {
        if (this[node] is { Statement: { } statement } receiver)
        {
            receiver.Statement = null;
            receiver.Keeper.Apply(statement, Now);
        }
    }

    /// <summary>An account, its statement, and what follows from it, until nobody has anything to add.</summary>
    public void Exchange(int node, int rounds = 1)
    {
        for (var i = 0; i < rounds; i++)
        {
            Send(node);
            Settle(node);
            Receive(node);
        }
    }

    /// <summary>The connection breaks: what is on its way is lost, or arrives when nobody waits for it.</summary>
    public void Break(int node)
    {
        if (this[node].Account is { } account)
        {
            ghosts.Add(account);
        }

        this[node].Disconnect();
    }

    public void Haunt()
    {
        if (ghosts.Count > 0)
        {
            Divide(ghosts[0]);
            ghosts.RemoveAt(0);
        }
    }

    /// <summary>The process dies, and one of its name comes after it.</summary>
    public void Restart(int node)
    {
        Break(node);
        var stored = this[node].Stored;
        nodes[node % nodes.Count] = new(this[node].Name, ++boots, clock) { Stored = stored, Divisor = this[node].Divisor };
        if (stored is not null)
        {
            this[node].Keeper.Restore(stored, TimeSpan.FromSeconds(20), Now);
        }
    }

    /// <summary>It gives back what it has, and comes no more until it is restarted.</summary>
    public void Leave(int node)
    {
        if (this[node] is { HasEnded: false, Account: null, Statement: null } leaving)
        {
            (leaving.HasEnded, leaving.Stored) = (true, null);
            Divide(leaving.Keeper.Account(Now, leaving: true));
        }
    }

    /// <summary>Another control plane on the same rows, whose clock differs a little.</summary>
    public void RestartControlPlane(int milliseconds) => skew = TimeSpan.FromMilliseconds(milliseconds);

    private ControlStatement? Divide(NodeAccount account)
    {
        var table = new ShareTable(members, holdings);
        var division = new ShareDivider(table, account, clock.GetUtcNow() + skew).Divide();
        (members, holdings) = ([.. table.Members], [.. table.Holdings]);
        foreach (var (called, limit) in division.Calls)
        {
            nodes.Single(node => node.Name == called).Keeper.Call(limit is null ? [] : [limit]);
        }

        return division.Statement is null ? null : new() { Operation = account.Operation, Epoch = 1, Shares = division.Statement };
    }

    internal sealed class SimulatedNode(string name, ulong boot, TimeProvider clock)
    {
        private readonly CounterBook book = new(clock);
        public bool IsConnected { get; private set; }

        public string Name => name;

        public ShareKeeper Keeper => field ??= new(book, new NodeIdentity(name, "eu", boot));

        public NodeAccount? Account { get; set; }

        public ControlStatement? Statement { get; set; }

        /// <summary>On its volume.</summary>
        public StoredShares? Stored { get; set; }

        public bool HasEnded { get; set; }

        public int Divisor { get; set; } = 1;

        public void Connect()
        {
            if (!IsConnected)
            {
                Keeper.Connect(connected: true);
                IsConnected = true;
            }
        }

        public void Disconnect()
        {
            (Account, Statement, IsConnected) = (null, null, false);
            Keeper.Connect(connected: false);
        }

        public long ShareOf(CounterName limit, long value, long now)
        {
            if (book.Find(limit) is not { Limit: > 0 } counter)
            {
                return ShareWhenMet(limit, value, now);
            }

            counter.SetLimit(value, default);
            Keeper.Refresh(counter, now);
            return counter.Share;
        }

        // As the keeper will enforce it, and left unmet.
        private long ShareWhenMet(CounterName limit, long value, long now)
        {
            var smallest = Pace.SmallestShare(limit.Kind, value);
            var implied = ImpliedShare.Of(value, Keeper.Part, smallest);
            if (book.Find(limit) is not { } unmet)
            {
                return implied;
            }

            Keeper.Refresh(unmet, now);
            return unmet.Assigned is not { Units: not null } assigned ? implied
                : now <= assigned.Until ? assigned.UnitsOf(value, smallest)
                : Math.Min(assigned.UnitsOf(value, smallest), implied);
        }

        public int Take(CounterName limit, long value, long now)
        {
            var counter = book.Open(limit);
            counter.SetLimit(value, default);
            Keeper.Refresh(counter, now);
            if (counter.TryTake(1, now).Outcome != TakeOutcome.Taken)
            {
                Keeper.MoreOf(counter, now);
                return 0;
            }

            counter.Settle(1, 1, now);
            return 1;
        }

        /// <returns>Ticks until it is to be tried again; 0: it passed.</returns>
        public long TakeOrWait(CounterName limit, long value, long now)
        {
            if (Take(limit, value, now) > 0)
            {
                return 0;
            }

            var counter = book.Open(limit);
            var wait = Math.Max(1, counter.TimeTo(1, now));
            counter.ExpectWithin(wait, now);
            return wait;
        }

        public void Want(CounterName limit, long value, long now)
        {
            var counter = book.Open(limit);
            counter.SetLimit(value, default);
            Keeper.Refresh(counter, now);
            while (counter.TryTake(1, now).Outcome == TakeOutcome.Taken)
            {
            }

            Keeper.MoreOf(counter, now);
            for (var taken = counter.UnderWay; taken > 0; taken--)
            {
                counter.Settle(1, 1, now);
            }
        }
    }
}
