using Asc.Contracts.Accounting.V1;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Rates;

/// <summary>
/// Divides by rows: an account is one transaction, under one lock, so that no two control planes, and none that was restarted, give the same share twice.
/// </summary>
internal sealed class ShareLedger(ControlPlaneStore store, ShareCalls calls, SteadyClock clock)
{
    /// <summary>The statement that answers the account; null: it is stale.</summary>
    public async Task<ControlStatement?> SettleAsync(NodeAccount account, CancellationToken cancellation)
    {
        var (division, epoch) = await store.WriteAsync(
            async database =>
            {
                // Raised first: whoever divides takes turns from here on.
                await database.RaiseAsync(CounterNames.Rates, 1, cancellation);
                var now = clock.Now;
                var table = await ReadAsync(database, account, now, cancellation);
                var division = new ShareDivider(table, account, now).Divide();
                database.RemoveRange(table.Removed);
                database.AddRange(table.Added);
                var epoch = await database.Counters.Where(counter => counter.Name == CounterNames.Epoch).Select(counter => counter.Value).SingleAsync(cancellation);
                return (division, epoch);
            },
            cancellation);
        foreach (var (node, limit) in division.Calls)
        {
            calls.Call(node, limit);
        }

        return division.Statement is null ? null : new() { Operation = account.Operation, Epoch = (ulong)epoch, Shares = division.Statement };
    }

    private static async Task<ShareTable> ReadAsync(ControlPlaneContext database, NodeAccount account, DateTimeOffset now, CancellationToken cancellation)
    {
        var members = await database.RateMembers.ToListAsync(cancellation);
        if (account.Shares.Leaving || ShareDivider.MayGrow(members, account, now))
        {
            return new ShareTable(members, await database.RateHoldings.ToListAsync(cancellation));
        }

        string[] concerned = [account.Node, .. members.Where(member => now - member.AnsweredAt > ShareTimes.Forgotten).Select(member => member.Node)];
        var own = await database.RateHoldings.Where(holding => concerned.Contains(holding.Node)).Select(holding => holding.Limit).ToListAsync(cancellation);
        string[] limits = [.. account.Shares.Limits.Select(limit => limit.Limit).Union(own, StringComparer.Ordinal)];
        return new ShareTable(members, await database.RateHoldings.Where(holding => limits.Contains(holding.Limit)).ToListAsync(cancellation));
    }
}
