using System.Threading.Channels;
using Asc.Contracts.Distribution.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Resilience;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Asc.DataPlane.Policies;

/// <summary>
/// Keeps the node subscribed to the control plane for as long as it runs. While the control plane is away the node serves what is in force.
/// </summary>
internal sealed class PolicySubscription(
    ControlPlaneLink link, NodeIdentity node, PolicyHolder holder, SnapshotInstaller snapshots, AccessInstaller access, AccessList accessList,
    IRecordSpool spool, HealthBoard health, DataPlaneOptions options, TimeProvider clock, PolicyLog log) : BackgroundService
{
    // A control plane that has nothing to tell is silent; one that isn't there is not silent for so long.
    private static readonly TimeSpan AliveUnasked = TimeSpan.FromSeconds(2);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the listener opens: a node that has a policy on its volume is ready at once.
        access.Load();
        snapshots.LoadLastKnownGood();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reconnect = Reconnect.Create(options, clock, (delay, exception) => log.Disconnected(link.Address, delay, Problem(exception)));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // A subscription that was once alive ends without an exception, so that the back-off starts anew.
                await reconnect.ExecuteAsync(async cancellation => await SubscribeAsync(cancellation), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static string Problem(Exception? exception) =>
        exception is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : exception?.Message ?? "the stream ended";

    private async Task SubscribeAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var call = link.Distribution.Subscribe(link.Credentials, cancellationToken: ending.Token);
        var outgoing = Channel.CreateUnbounded<NodeMessage>(new() { SingleReader = true });
        outgoing.Writer.TryWrite(new() { Hello = new() { Node = node.Name, Region = node.Region, Build = node.Build, Boot = node.Boot, Enforced = Enforced() } });
        var grants = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var offers = Channel.CreateUnbounded<Offer>(new() { SingleReader = true });
        var (alive, began) = (false, clock.GetTimestamp());
        Task[] pumps =
        [
            SendAsync(outgoing.Reader, call.RequestStream, ending.Token),
            BeatAsync(outgoing.Writer, grants.Writer, ending.Token),
            FetchGrantsAsync(grants.Reader, ending.Token),
            ReceiveAsync(call.ResponseStream, offers.Writer, grants.Writer, outgoing.Writer, () => alive = true, ending.Token),
            InstallAsync(offers.Reader, outgoing.Writer, ending.Token),
        ];
        try
        {
            await await Task.WhenAny(pumps);
        }
        catch (Exception exception) when ((alive || clock.GetElapsedTime(began) > AliveUnasked) && !stopping.IsCancellationRequested)
        {
            log.Disconnected(link.Address, TimeSpan.Zero, Problem(exception));
        }
        finally
        {
            await ending.CancelAsync();
            // The next subscription finds nobody else writing what is in force.
            await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReceiveAsync(
        IAsyncStreamReader<ControlMessage> incoming, ChannelWriter<Offer> offers, ChannelWriter<bool> grants, ChannelWriter<NodeMessage> outgoing, Action onAlive, CancellationToken cancellation)
    {
        await foreach (var message in incoming.ReadAllAsync(cancellation))
        {
            onAlive();
            switch (message.MessageCase)
            {
                case ControlMessage.MessageOneofCase.Access:
                    access.Apply(message.Access);
                    outgoing.TryWrite(new() { Heartbeat = Heartbeat() });
                    grants.TryWrite(true);
                    break;
                case ControlMessage.MessageOneofCase.Offer:
                    offers.TryWrite(message.Offer);
                    break;
            }
        }
    }

    // One after the other, and beside the access sequence: what tightens never waits for a snapshot.
    private async Task InstallAsync(ChannelReader<Offer> offers, ChannelWriter<NodeMessage> outgoing, CancellationToken cancellation)
    {
        await foreach (var offer in offers.ReadAllAsync(cancellation))
        {
            outgoing.TryWrite(await AnswerAsync(offer, cancellation));
        }
    }

    private async Task FetchGrantsAsync(ChannelReader<bool> wakes, CancellationToken cancellation)
    {
        await foreach (var _ in wakes.ReadAllAsync(cancellation))
        {
            await access.FetchLackingGrantsAsync(link, cancellation);
        }
    }

    private async Task<NodeMessage> AnswerAsync(Offer offer, CancellationToken cancellation)
    {
        try
        {
            await snapshots.InstallAsync(offer.Manifest ?? new(), link, cancellation);
            return new() { Ack = new() { Nonce = offer.Nonce, Enforced = Enforced() } };
        }
        catch (NackException exception)
        {
            var version = OfferedVersion(offer);
            log.Nacked(version, exception.Reason, exception.Message);
            return new() { Nack = new() { Nonce = offer.Nonce, Version = version, Reason = exception.Reason, Message = exception.Message, Enforced = Enforced() } };
        }
    }

    // What the offer claims, for people to read; nothing is decided by it.
    private static ulong OfferedVersion(Offer offer)
    {
        try
        {
            return Manifest.Parser.ParseFrom(offer.Manifest?.Manifest ?? ByteString.Empty).Version;
        }
        catch (InvalidProtocolBufferException)
        {
            return 0;
        }
    }

    private static async Task SendAsync(ChannelReader<NodeMessage> outgoing, IClientStreamWriter<NodeMessage> stream, CancellationToken cancellation)
    {
        await foreach (var message in outgoing.ReadAllAsync(cancellation))
        {
            await stream.WriteAsync(message, cancellation);
        }
    }

    private async Task BeatAsync(ChannelWriter<NodeMessage> outgoing, ChannelWriter<bool> grants, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.HeartbeatInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            grants.TryWrite(true);
            outgoing.TryWrite(new() { Heartbeat = Heartbeat() });
        }
    }

    private Heartbeat Heartbeat() =>
        new() { Enforced = Enforced(), SpoolDepth = (ulong)spool.Depth, Clock = Timestamp.FromDateTimeOffset(clock.GetUtcNow()), Deployments = { health.Report() } };

    private Enforced Enforced()
    {
        var (accessEpoch, accessSequence) = accessList.Position;
        var enforced = new Enforced { AccessEpoch = accessEpoch, AccessSequence = accessSequence };
        if (holder.Current?.Snapshot is { } snapshot)
        {
            enforced.Epoch = snapshot.Manifest.Epoch;
            enforced.Version = snapshot.Manifest.Version;
            enforced.ManifestSha256 = snapshot.ManifestSha256;
            enforced.PolicyDigest = snapshot.Manifest.PolicyDigest;
        }

        return enforced;
    }
}
