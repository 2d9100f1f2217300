using Asc.Contracts.Telemetry.V1;
using Grpc.Core;

namespace Asc.DataPlane.Reporting;

/// <summary>
/// Sends records home in order and lets go of them when the control plane has committed them. After a broken stream it starts again from
/// what was acknowledged; the control plane ignores what it has.
/// </summary>
internal sealed class RecordReporter(
    ControlPlaneLink link, IRecordSpool spool, NodeIdentity node, DataPlaneOptions options, TimeProvider clock, ReportLog log) : BackgroundService
{
    private const ulong UnacknowledgedMaximum = 10_000;
    private static readonly TimeSpan DrainMaximum = TimeSpan.FromSeconds(3);
    private readonly TaskCompletionSource draining = new();
    private ulong acknowledged;
    private long lostTold;

    /// <summary>
    /// Requests have ended by now: what they left is sent while the host gives time, since this spool ends with the process.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        draining.TrySetResult();
        try
        {
            if (ExecuteTask is { } running)
            {
                // Not the host's own patience: requests that took all of it have left records too.
                await running.WaitAsync(DrainMaximum, clock, CancellationToken.None);
            }
        }
        catch (TimeoutException)
        {
            log.NotDrained(spool.Depth);
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reconnect = Reconnect.Create(options, clock);
        while (!stoppingToken.IsCancellationRequested && !IsDrained)
        {
            try
            {
                await reconnect.ExecuteAsync(async cancellation => await ReportAsync(cancellation), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private bool IsDrained => draining.Task.IsCompleted && spool.Depth == 0;

    private async Task ReportAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var call = link.Report(node, ending.Token);
        var before = acknowledged;
        var acknowledging = AcknowledgeAsync(call.ResponseStream, ending.Token);
        try
        {
            await SendAsync(call.RequestStream, acknowledging, ending.Token);
        }
        catch (Exception exception) when (acknowledged > before && !stopping.IsCancellationRequested)
        {
            // It worked for a while: the back-off starts anew.
            log.Interrupted(spool.Depth, exception.Message);
        }
        finally
        {
            await ending.CancelAsync();
            // The next stream finds nobody else counting.
            await acknowledging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(IClientStreamWriter<EncodedBatch> stream, Task acknowledging, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.ReportInterval, clock);
        var sent = Volatile.Read(ref acknowledged);
        while (!IsDrained && await timer.WaitForNextTickAsync(cancellation))
        {
            TellLosses();
            if (acknowledging.IsCompleted)
            {
                await acknowledging;
                throw new RpcException(new Status(StatusCode.Unavailable, "the control plane ended the stream"));
            }

            var through = Volatile.Read(ref acknowledged);
            await spool.AcknowledgeAsync(through, cancellation);
            sent = Math.Max(sent, through);
            while (sent - through < UnacknowledgedMaximum && await spool.ReadAsync(sent, cancellation) is { Count: > 0 } records)
            {
                await stream.WriteAsync(new EncodedBatch(records, through), cancellation);
                sent = records.Through;
            }
        }
    }

    private async Task AcknowledgeAsync(IAsyncStreamReader<RecordAcknowledgement> stream, CancellationToken cancellation)
    {
        await foreach (var acknowledgement in stream.ReadAllAsync(cancellation))
        {
            if (acknowledgement.Epoch == node.Boot && acknowledgement.ThroughSequence > acknowledged)
            {
                Volatile.Write(ref acknowledged, acknowledgement.ThroughSequence);
            }
        }
    }

    private void TellLosses()
    {
        if (spool.Lost is var lost && lost > lostTold)
        {
            log.Lost(lost - lostTold);
            lostTold = lost;
        }
    }
}

/// <summary>Events 1110-1119: records on their way home.</summary>
internal sealed partial class ReportLog(ILogger<ReportLog> logger)
{
    [LoggerMessage(1110, LogLevel.Warning, "The record stream broke, {Depth} records wait: {Problem}")]
    public partial void Interrupted(long depth, string problem);

    [LoggerMessage(1112, LogLevel.Error, "The node ends before the control plane took {Depth} records: they are lost")]
    public partial void NotDrained(long depth);

    [LoggerMessage(1111, LogLevel.Error, "{Count} records found no room in the spool and are lost")]
    public partial void Lost(long count);
}
