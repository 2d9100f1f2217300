using Asc.Contracts.Accounting.V1;
using Grpc.Core;

namespace Asc.SqlServer.Tests;

/// <summary>Two nodes that share a limit, and everything that can become of what they hold.</summary>
internal sealed class SharesJourney(CallInvoker node)
{
    private const string Limit = "Tenant/Requests/t";
    private ulong operations;

    public async Task RunAsync()
    {
        using var first = new Accounting.AccountingClient(node).Settle();
        using var second = new Accounting.AccountingClient(node).Settle();
        await SettleAsync(first, "share-a", boot: 1);
        await SettleAsync(first, "share-a", boot: 1, new LimitReport { Limit = Limit, Value = 60, Smallest = 6, Held = 30, Wanted = 60 });
        await SettleAsync(second, "share-b", boot: 1, new LimitReport { Limit = Limit, Value = 120, Smallest = 7, Held = 0, Wanted = 120 });
        await SettleAsync(first, "share-a", boot: 1, new LimitReport { Limit = Limit, Value = 120, Smallest = 7, Held = 20, Wanted = 10 });
        await SettleAsync(second, "share-b", boot: 1, new LimitReport { Limit = Limit, Value = 120, Smallest = 7, Held = 80, Wanted = 10 });
        await SettleAsync(first, "share-a", boot: 1, new LimitReport { Limit = Limit, Value = 120, Smallest = 7, Held = 20, Wanted = 120 });
        await SettleAsync(first, "share-a", boot: 2);
        await SettleAsync(second, "share-b", boot: 1, part: 1_000_000);
        await SettleAsync(second, "share-b", boot: 1, leaving: true);
    }

    private async Task SettleAsync(
        AsyncDuplexStreamingCall<NodeAccount, ControlStatement> stream, string name, ulong boot, LimitReport? limit = null, ulong part = 0, bool leaving = false)
    {
        var account = new NodeAccount { Node = name, Boot = boot, Operation = ++operations, Answered = operations - 1, Shares = new() { Part = part, Leaving = leaving } };
        if (limit is not null)
        {
            account.Shares.Limits.Add(limit);
        }

        await stream.RequestStream.WriteAsync(account);
        do
        {
            Assert.That(await stream.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (stream.ResponseStream.Current.Call is not null);
    }
}
