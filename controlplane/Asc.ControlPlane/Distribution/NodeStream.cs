using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Grpc.Core;

namespace Asc.ControlPlane.Distribution;

/// <summary>One node's stream. What arrives, from the node, the board and the tokens, goes through one inbox, and one loop owns the state.</summary>
internal sealed class NodeStream(
    NodeCaller caller,
    Hello hello,
    NodeEntry entry,
    SnapshotBoard board,
    CommitWatch commits,
    DatabaseOutage outage,
    NodeLedger ledger,
    ICallerAuthenticator authenticator,
    ControlPlaneOptions options,
    TimeProvider time,
    ILogger<NodeStream> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<object> inbox = Channel.CreateBounded<object>(new BoundedChannelOptions(16) { SingleReader = true });
    private string? awaitedNonce;
    private long awaitedVersion;
    private Heartbeat? writtenBeat;
    private long writtenAt;
    private int nonces;
    private Exception? failure;

    /// <summary>Runs until the node leaves, its token is revoked, or <paramref name="cancellation"/>.</summary>
    public async Task RunAsync(KnownState known, IAsyncStreamReader<NodeMessage> incoming, IServerStreamWriter<ControlMessage> outgoing, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] pumps =
        [
            PumpAsync(ReadMessagesAsync(incoming, stop.Token), stop),
            PumpAsync(WatchBoardAsync(known, stop.Token), stop),
            PumpAsync(WatchTokenAsync(stop.Token), stop),
        ];
        try
        {
            await foreach (var item in inbox.Reader.ReadAllAsync(stop.Token))
            {
                await HandleAsync(item, outgoing, stop.Token);
            }
        }
        catch (OperationCanceledException) when (failure is not null)
        {
            // Told below, whichever way the loop ended.
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(pumps);
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        // The sources may have ended before the loop saw it.
        cancellation.ThrowIfCancellationRequested();
    }

    private Task HandleAsync(object item, IServerStreamWriter<ControlMessage> outgoing, CancellationToken cancellation) => item switch
    {
        BoardItem.Access access => outgoing.WriteAsync(new ControlMessage { Access = access.Batch }, cancellation),
        BoardItem.Policy policy => OfferAsync(policy.Snapshot, outgoing, cancellation),
        NodeMessage { Ack: { } ack } => AckAsync(ack, cancellation),
        NodeMessage { Nack: { } nack } => NackAsync(nack, cancellation),
        NodeMessage { Heartbeat: { } beat } => BeatAsync(beat, cancellation),
        NodeMessage { Hello: not null } => throw new AdminException(AdminCodes.InvalidArgument, "A stream begins with one hello, and there was one already."),
        _ => Task.CompletedTask,
    };

    private Task OfferAsync(RegionSnapshot snapshot, IServerStreamWriter<ControlMessage> outgoing, CancellationToken cancellation)
    {
        awaitedNonce = $"{snapshot.Version}.{++nonces}";
        awaitedVersion = snapshot.Version;
        return outgoing.WriteAsync(new ControlMessage { Offer = new Offer { Nonce = awaitedNonce, Manifest = snapshot.Signed } }, cancellation);
    }

    private async Task AckAsync(Ack ack, CancellationToken cancellation)
    {
        if (IsAwaited(ack.Nonce))
        {
            logger.Acknowledged(hello.Node, ack.Enforced?.Version ?? 0);
            await WriteDownAsync(() => ledger.AckAsync(hello.Node, ack.Enforced, cancellation), cancellation);
        }
    }

    private async Task NackAsync(Nack nack, CancellationToken cancellation)
    {
        if (IsAwaited(nack.Nonce))
        {
            var text = $"{nack.Reason}: {nack.Message}";
            var reason = text.Length <= ColumnLengths.Message ? text : text[..ColumnLengths.Message];
            logger.Refused(hello.Node, (ulong)awaitedVersion, reason);
            await WriteDownAsync(() => ledger.NackAsync(hello.Node, awaitedVersion, reason, nack.Enforced, cancellation), cancellation);
        }
    }

    private async Task BeatAsync(Heartbeat beat, CancellationToken cancellation)
    {
        // The clock is in each beat and says nothing new.
        beat.Clock = null;
        if (!beat.Equals(writtenBeat) || time.GetElapsedTime(writtenAt) >= options.HeartbeatInterval / 2)
        {
            (writtenBeat, writtenAt) = (beat, time.GetTimestamp());
            await WriteDownAsync(() => ledger.BeatAsync(hello.Node, beat, cancellation), cancellation);
        }
    }

    private bool IsAwaited(string nonce)
    {
        var awaited = awaitedNonce is not null && nonce == awaitedNonce;
        awaitedNonce = awaited ? null : awaitedNonce;
        return awaited;
    }

    // The database may be away; the stream goes on, and the next heartbeat says the same again.
    private async Task WriteDownAsync(Func<Task> write, CancellationToken cancellation)
    {
        if (!entry.IsWritten)
        {
            if (outage.IsOn)
            {
                return;
            }

            // Whose name it is and what it refused is known again: the node comes in by the door.
            throw new AdminException(AdminCodes.Unavailable, "The database is back, and the node was served from memory.", "Subscribe again.");
        }

        try
        {
            await write();
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            logger.NodeNotWritten(exception, hello.Node);
        }
    }

    private async Task ReadMessagesAsync(IAsyncStreamReader<NodeMessage> incoming, CancellationToken cancellation)
    {
        while (await incoming.MoveNext(cancellation))
        {
            await inbox.Writer.WriteAsync(incoming.Current, cancellation);
        }
    }

    private async Task WatchBoardAsync(KnownState known, CancellationToken cancellation)
    {
        await foreach (var item in board.WatchAsync(caller.Region, known, cancellation))
        {
            await inbox.Writer.WriteAsync(item, cancellation);
        }
    }

    private async Task WatchTokenAsync(CancellationToken cancellation)
    {
        var seen = Commits.None;
        var tokens = -1L;
        while (seen.Tokens == tokens || await IsStillValidAsync(cancellation))
        {
            tokens = seen.Tokens;
            seen = await commits.WaitAsync(seen, cancellation);
        }

        logger.TokenRevoked(hello.Node, caller.TokenId);
        throw new AdminException(AdminCodes.Unauthenticated, "The node token was revoked.");
    }

    // What can't be told while the database is away is neither a yes nor a no: the stream goes on, and it is asked until it is told.
    private async Task<bool> IsStillValidAsync(CancellationToken cancellation)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return await authenticator.IsStillValidAsync(caller, cancellation);
            }
            catch (AdminException exception) when (exception.Code == AdminCodes.Unavailable)
            {
                if (isFirst)
                {
                    logger.TokenNotJudged(exception, hello.Node, caller.TokenId);
                }

                await Task.Delay(RetryDelay, TimeProvider.System, cancellation);
            }
        }
    }

    // The node's leaving ends the stream when all is handled; whatever goes wrong in a source ends it at once, even where the node reads nothing.
    private async Task PumpAsync(Task source, CancellationTokenSource stop)
    {
        try
        {
            await source;
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            failure = exception;
            await stop.CancelAsync();
        }
        catch (Exception)
        {
            // The stream is ending.
        }

        inbox.Writer.TryComplete();
    }
}
