using System.Runtime.CompilerServices;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Policies;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Asc.DataPlane;

/// <summary>The way to the control plane: one channel, this node's token on each call.</summary>
internal sealed class ControlPlaneLink : IResourceSource, IDisposable
{
    private static readonly TimeSpan FetchMaximum = TimeSpan.FromSeconds(60);
    private readonly TimeProvider clock;
    private readonly GrpcChannel channel;

    public ControlPlaneLink(DataPlaneOptions options, TimeProvider clock)
    {
        this.clock = clock;
        Address = options.ControlPlane;
        channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                // A control plane that vanished without a word is noticed.
                KeepAlivePingDelay = TimeSpan.FromSeconds(10),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
                ConnectTimeout = TimeSpan.FromSeconds(5),
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = 64 * 1024 * 1024,
        });
        Distribution = new(channel);
        Telemetry = new(channel);
        Credentials = new() { { "authorization", "Bearer " + options.NodeToken } };
    }

    public Uri Address { get; }

    public PolicyDistribution.PolicyDistributionClient Distribution { get; }

    public Telemetry.TelemetryClient Telemetry { get; }

    public Metadata Credentials { get; }

    public async IAsyncEnumerable<ResourceContent> FetchAsync(
        IReadOnlyCollection<ByteString> sha256, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new FetchResourcesRequest();
        request.Sha256.AddRange(sha256);
        using var call = Distribution.FetchResources(request, Credentials, clock.GetUtcNow().UtcDateTime + FetchMaximum, cancellation);
        await foreach (var content in call.ResponseStream.ReadAllAsync(cancellation))
        {
            yield return content;
        }
    }

    public void Dispose() => channel.Dispose();
}
