using System.Threading.Channels;
using Asc.Contracts.Accounting.V1;
using Grpc.Core;

namespace Asc.DataPlane.Rates;

/// <summary>
/// The accounting stream: an account, its statement, and the next account when something changes, somebody calls, or it is time.
/// </summary>
internal sealed class ShareSubscription : BackgroundService
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    // As statements say it; nothing is shorter.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ControlPlaneLink link;
    private readonly ShareKeeper keeper;
    private readonly ShareFile file;
    private readonly DataPlaneOptions options;
    private readonly TimeProvider clock;
    private readonly ShareLog log;
    private readonly bool isNeeded;
    private volatile bool isLeaving;
    private bool hasTold;

    public ShareSubscription(ControlPlaneLink link, IShareSource shares, ShareKeeper keeper, ShareFile file, DataPlaneOptions options, TimeProvider clock, ShareLog log)
    {
        (this.link, this.keeper, this.file, this.options, this.clock, this.log) = (link, keeper, file, options, clock, log);
        isNeeded = shares == keeper;
        keeper.OnUrgent = () => wakes.Writer.TryWrite(true);
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (isNeeded && file.Read() is { } stored)
        {
            keeper.Restore(stored, Promise, Ticks.Now(clock));
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Requests have ended by now: what this node holds is given back, so that others need not wait for it to lapse.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        isLeaving = true;
        wakes.Writer.TryWrite(true);
        if (keeper.IsConnected && ExecuteTask is { } running)
        {
            await running.WaitAsync(Farewell, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reconnect = Reconnect.Create(options, clock);
        while (isNeeded && !stoppingToken.IsCancellationRequested && !isLeaving)
        {
            try
            {
                await reconnect.ExecuteAsync(async cancellation => await SettleAsync(cancellation), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task SettleAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var call = link.Accounting.Settle(link.Credentials, cancellationToken: ending.Token);
        var worked = false;
        try
        {
            keeper.Connect(connected: true);
            var incoming = NextAsync(call.ResponseStream, ending.Token);
            while (true)
            {
                var account = keeper.Account(Ticks.Now(clock), isLeaving);
                Keep(account.Shares.Leaving);
                await call.RequestStream.WriteAsync(account, ending.Token);
                bool goesOn;
                (goesOn, incoming) = await StatementAsync(incoming, call.ResponseStream, ending.Token);
                Tell(ref worked);
                if (account.Shares.Leaving)
                {
                    return;
                }

                incoming = goesOn ? incoming : await PauseAsync(incoming, call.ResponseStream, ending.Token);
            }
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested && (worked || isLeaving))
        {
            // It worked for a while: the back-off starts anew.
            Miss(exception);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            Miss(exception);
            throw;
        }
        finally
        {
            keeper.Connect(connected: false);
            await ending.CancelAsync();
        }
    }

    // Calls may come before the statement; they are heeded after it.
    private async Task<(bool GoesOn, Task<ControlStatement> Incoming)> StatementAsync(
        Task<ControlStatement> incoming, IAsyncStreamReader<ControlStatement> stream, CancellationToken cancellation)
    {
        var wasCalled = false;
        while (true)
        {
            var statement = await incoming.WaitAsync(Patience, clock, cancellation);
            incoming = NextAsync(stream, cancellation);
            if (statement.Call is not { } call)
            {
                return (keeper.Apply(statement, Ticks.Now(clock)) || wasCalled, incoming);
            }

            keeper.Call(call.Limits);
            wasCalled = true;
        }
    }

    private async Task<Task<ControlStatement>> PauseAsync(Task<ControlStatement> incoming, IAsyncStreamReader<ControlStatement> stream, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var woken = wakes.Reader.ReadAsync(waiting.Token).AsTask();
        var ended = await Task.WhenAny(incoming, woken, Task.Delay(keeper.HasAssigned ? Busy : Idle, clock, waiting.Token));
        await waiting.CancelAsync();
        await ((Task)woken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ended != incoming)
        {
            return incoming;
        }

        if ((await incoming).Call is { } call)
        {
            keeper.Call(call.Limits);
        }

        return NextAsync(stream, cancellation);
    }

    private void Keep(bool isLast)
    {
        try
        {
            if (isLast)
            {
                file.Forget();
            }
            else
            {
                file.Keep(keeper.Part, keeper.Lent);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.NotKept(exception.Message);
        }
    }

    private static async Task<ControlStatement> NextAsync(IAsyncStreamReader<ControlStatement> stream, CancellationToken cancellation) =>
        await stream.MoveNext(cancellation) ? stream.Current : throw new RpcException(new Status(StatusCode.Unavailable, "the control plane ended the stream"));

    private void Tell(ref bool worked)
    {
        if (!worked && hasTold)
        {
            log.SharesAreBack();
        }

        (worked, hasTold) = (true, false);
    }

    private void Miss(Exception exception)
    {
        if (!hasTold && !isLeaving)
        {
            log.SharesAreKept(keeper.Part / 10_000.0, exception.Message);
            hasTold = true;
        }
    }
}

/// <summary>Events 1130-1139: limits that many nodes share.</summary>
internal sealed partial class ShareLog(ILogger<ShareLog> logger)
{
    [LoggerMessage(1130, LogLevel.Warning, "Without the accounting stream, limits are kept to what this node last held: {Percent} % of what is divided evenly; what was assigned beyond lapses: {Problem}")]
    public partial void SharesAreKept(double percent, string problem);

    [LoggerMessage(1132, LogLevel.Warning, "What this node holds of limits could not be kept for the next start: {Problem}")]
    public partial void NotKept(string problem);

    [LoggerMessage(1131, LogLevel.Information, "The accounting stream is back: shares of limits follow demand again")]
    public partial void SharesAreBack();
}
