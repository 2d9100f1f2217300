using System.Buffers;
using System.Runtime.CompilerServices;
using Asc.Contracts.Accounting.V1;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Reporting;
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
    private readonly CallInvoker invoker;

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
        Accounting = new(channel);
        invoker = channel.CreateCallInvoker();
        Credentials = new() { { "authorization", "Bearer " + options.NodeToken } };
    }

    public Uri Address { get; }

    public PolicyDistribution.PolicyDistributionClient Distribution { get; }

    public Accounting.AccountingClient Accounting { get; }

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

    /// <summary>The record stream. Records are encoded already, and pass as they are.</summary>
    public AsyncDuplexStreamingCall<EncodedBatch, RecordAcknowledgement> Report(NodeIdentity node, CancellationToken cancellation)
    {
        var batches = Marshallers.Create<EncodedBatch>(
            (batch, context) =>
            {
                // A message's parts, one after the other, read as one.
                var head = new RecordBatch { Node = node.Name, Epoch = node.Boot, ReleasedThrough = batch.ReleasedThrough }.ToByteArray();
                context.SetPayloadLength(head.Length + batch.Records.Bytes.Length);
                var writer = context.GetBufferWriter();
                writer.Write(head);
                writer.Write(batch.Records.Bytes.Span);
                context.Complete();
            },
            static _ => throw new NotSupportedException("nobody sends record batches to a node"));
        var acknowledgements = Marshallers.Create(static acknowledgement => acknowledgement.ToByteArray(), RecordAcknowledgement.Parser.ParseFrom);
        return invoker.AsyncDuplexStreamingCall(
            new Method<EncodedBatch, RecordAcknowledgement>(MethodType.DuplexStreaming, "asc.telemetry.v1.Telemetry", "Report", batches, acknowledgements),
            host: null, new CallOptions(Credentials, cancellationToken: cancellation));
    }

    public void Dispose() => channel.Dispose();
}
