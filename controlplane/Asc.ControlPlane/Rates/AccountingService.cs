using Asc.Contracts.Accounting;
using Asc.Contracts.Accounting.V1;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Nodes;
using Asc.Persistence;
using Grpc.Core;

namespace Asc.ControlPlane.Rates;

/// <summary>The shares' door: an account, a commit, a statement; and calls in between.</summary>
internal sealed class AccountingService(
    ShareLedger ledger, ShareCalls calls, NodeNames names, ICallerAuthenticator authenticator, IHostApplicationLifetime lifetime) : Accounting.AccountingBase
{
    public override async Task Settle(IAsyncStreamReader<NodeAccount> requestStream, IServerStreamWriter<ControlStatement> responseStream, ServerCallContext context)
    {
        var caller = context.NodeCaller();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        if (!await requestStream.MoveNext(stop.Token))
        {
            return;
        }

        var node = requestStream.Current.Node;
        await names.RequireOwnAsync(caller, node, stop.Token);
        var inbox = calls.Open(node);
        using var writing = new SemaphoreSlim(1);
        var calling = CallAsync(inbox, responseStream, writing, stop.Token);
        try
        {
            do
            {
                await SettleAsync(caller, node, requestStream.Current, responseStream, writing, stop.Token);
            }
            while (await requestStream.MoveNext(stop.Token));
        }
        finally
        {
            calls.Close(node, inbox);
            await stop.CancelAsync();
            await calling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SettleAsync(
        NodeCaller caller, string node, NodeAccount account, IServerStreamWriter<ControlStatement> outgoing, SemaphoreSlim writing, CancellationToken cancellation)
    {
        if (account.Node != node || account.Shares is null || account.Shares.Limits.Count > AccountSize.MaximumLimits
            || account.Shares.Limits.Any(limit => limit.Limit.Length is 0 or > ColumnLengths.Limit || limit.Value > long.MaxValue / 2 || limit.Held > long.MaxValue / 2))
        {
            throw new AdminException(AdminCodes.InvalidArgument, $"An account is one node's, and of at most {AccountSize.MaximumLimits} limits with names and numbers in range.");
        }

        if (!await authenticator.IsStillValidAsync(caller, cancellation))
        {
            throw new AdminException(AdminCodes.Unauthenticated, "The node token was revoked.");
        }

        var statement = await ledger.SettleAsync(account, cancellation)
            ?? throw AdminException.Conflict($"The operation {account.Operation} of \"{node}\" was done already, or another process has its name.", "Give each node a name of its own.");
        await WriteAsync(statement, outgoing, writing, cancellation);
    }

    private static async Task CallAsync(ShareCalls.Inbox inbox, IServerStreamWriter<ControlStatement> outgoing, SemaphoreSlim writing, CancellationToken cancellation)
    {
        while (true)
        {
            var limits = await inbox.WaitAsync(cancellation);
            await WriteAsync(new ControlStatement { Call = new() { Limits = { limits } } }, outgoing, writing, cancellation);
        }
    }

    private static async Task WriteAsync(ControlStatement statement, IServerStreamWriter<ControlStatement> outgoing, SemaphoreSlim writing, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            await outgoing.WriteAsync(statement, cancellation);
        }
        finally
        {
            writing.Release();
        }
    }
}
