using System.Net;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Asc.Functional.Tests;

/// <summary>Whoever sits between a node and the control plane, and may send the node another policy than it was offered.</summary>
internal sealed class WireRelay : IAsyncDisposable
{
    private readonly WebApplication host;
    private GrpcChannel channel = null!;

    private WireRelay(WebApplication host) => this.host = host;

    /// <summary>What becomes of an offer's manifest; null: it passes as it is.</summary>
    public Func<SignedManifest, SignedManifest>? Change { get; set; }

    /// <summary>All manifests that came by, as they were.</summary>
    public List<SignedManifest> Seen { get; } = [];

    public static async Task<WireRelay> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        WireRelay? relay = null;
        builder.Services.AddSingleton(_ => relay!);
        var host = builder.Build();
        host.MapGrpcService<Distribution>();
        host.MapGrpcService<Reports>();
        relay = new(host);
        await host.StartAsync();
        return relay;
    }

    /// <summary>Sits down between a node that is about to start and its control plane.</summary>
    public void Join(WebApplicationBuilder node)
    {
        var options = (DataPlaneOptions)node.Services.Single(service => service.ServiceType == typeof(DataPlaneOptions)).ImplementationInstance!;
        channel = GrpcChannel.ForAddress(options.ControlPlane);
        options.ControlPlane = new(host.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        channel.Dispose();
    }

    private static Metadata Credentials(ServerCallContext context) => new() { { "authorization", context.RequestHeaders.GetValue("authorization")! } };

    private static async Task PassAsync<TUp, TDown>(
        IAsyncStreamReader<TUp> fromNode, IServerStreamWriter<TDown> toNode, AsyncDuplexStreamingCall<TUp, TDown> call, Func<TDown, TDown> change, CancellationToken cancellation)
    {
        using (call)
        {
            var sending = SendAsync();
            await foreach (var message in call.ResponseStream.ReadAllAsync(cancellation))
            {
                await toNode.WriteAsync(change(message), cancellation);
            }

            await sending;
        }

        async Task SendAsync()
        {
            try
            {
                await foreach (var message in fromNode.ReadAllAsync(cancellation))
                {
                    await call.RequestStream.WriteAsync(message, cancellation);
                }

                await call.RequestStream.CompleteAsync();
            }
            catch (Exception exception) when (exception is RpcException or IOException or OperationCanceledException or InvalidOperationException)
            {
                // The call ended, and its other half tells how.
            }
        }
    }

    private ControlMessage Pass(ControlMessage message)
    {
        if (message.Offer is { } offer)
        {
            Seen.Add(offer.Manifest.Clone());
            offer.Manifest = Change?.Invoke(offer.Manifest) ?? offer.Manifest;
        }

        return message;
    }

    private sealed class Distribution(WireRelay relay) : PolicyDistribution.PolicyDistributionBase
    {
        private readonly PolicyDistribution.PolicyDistributionClient client = new(relay.channel);

        public override Task Subscribe(IAsyncStreamReader<NodeMessage> requestStream, IServerStreamWriter<ControlMessage> responseStream, ServerCallContext context) => PassAsync(
            requestStream, responseStream, client.Subscribe(Credentials(context), cancellationToken: context.CancellationToken), relay.Pass, context.CancellationToken);

        public override async Task FetchResources(FetchResourcesRequest request, IServerStreamWriter<ResourceContent> responseStream, ServerCallContext context)
        {
            using var call = client.FetchResources(request, Credentials(context), cancellationToken: context.CancellationToken);
            await foreach (var content in call.ResponseStream.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(content, context.CancellationToken);
            }
        }
    }

    private sealed class Reports(WireRelay relay) : Telemetry.TelemetryBase
    {
        private readonly Telemetry.TelemetryClient client = new(relay.channel);

        public override Task Report(IAsyncStreamReader<RecordBatch> requestStream, IServerStreamWriter<RecordAcknowledgement> responseStream, ServerCallContext context) => PassAsync(
            requestStream, responseStream, client.Report(Credentials(context), cancellationToken: context.CancellationToken), acknowledgement => acknowledgement, context.CancellationToken);
    }
}
