using System.Net;
using System.Security.Cryptography;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy;
using Asc.Contracts.Signing;
using Asc.Contracts.Telemetry.V1;
using Asc.PolicyFiles;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Asc.Bench;

/// <summary>
/// What a node sees of a control plane: a signed policy, 10,000 keys, acknowledged records. It stores nothing, since it shares a core with
/// the load: a real one's database would be measured as the node's slowness.
/// </summary>
internal sealed class StandInControlPlane : IAsyncDisposable
{
    private const int Keys = 10_000;
    private readonly WebApplication host;

    private StandInControlPlane(WebApplication host, Published published) =>
        (this.host, Key, Verifier) = (host, published.Key, published.Signing.Verifier);

    public Uri Address => new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public string Key { get; }

    public VerifierKey Verifier { get; }

    public static async Task<StandInControlPlane> StartAsync(Uri upstream)
    {
        var published = new Published(upstream);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(published);
        builder.Services.AddSingleton<IServiceMethodProvider<Sink>, Sink>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var host = builder.Build();
        host.MapGrpcService<Distribution>();
        host.MapGrpcService<Sink>();
        await host.StartAsync();
        return new(host, published);
    }

    /// <summary>About 1 KB.</summary>
    public static string Request(bool stream, bool upstreamName = false) =>
        $"{{\"model\":\"gpt-5-mini{(upstreamName ? "-2025-08-07" : "")}\",\"messages\":[{{\"role\":\"user\",\"content\":\"{new string('a', 900)}\"}}]{(stream ? ",\"stream\":true" : "")}}}";

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private sealed class Published
    {
        public Published(Uri upstream)
        {
            var text = $$"""
                apiVersion: asc/v1
                kind: Provider
                metadata: { name: bench }
                spec: { protocol: openai, baseUrl: "{{upstream}}", credential: { secret: bench }, region: eu, network: private }
                ---
                apiVersion: asc/v1
                kind: Model
                metadata: { name: gpt-5-mini }
                spec: { deployments: [ { provider: bench, upstreamModel: gpt-5-mini-2025-08-07 } ] }
                ---
                apiVersion: asc/v1
                kind: Tenant
                metadata: { path: bench }
                spec: { models: { allow: ["gpt-*"] }, residency: { allow: [eu] } }
                ---
                apiVersion: asc/v1
                kind: Tenant
                metadata: { path: bench/app }
                spec: { models: { allow: [gpt-5-mini] } }
                """;
            var manifest = new Manifest { Epoch = 1, Version = 1, Region = "eu", PublishedAt = new Timestamp(), PolicyDigest = ByteString.CopyFrom(new byte[32]) };
            foreach (var resource in PolicyFileReader.Read(["-"], new StringReader(text)).Resources)
            {
                var content = resource.ToByteString();
                var sha256 = ByteString.CopyFrom(SHA256.HashData(content.Span));
                Contents[sha256] = content;
                manifest.Resources.Add(new ResourceReference { Kind = resource.Kind(), Name = resource.Identity(), Sha256 = sha256, TenantId = resource.Kind() == "Tenant" ? "t_" + resource.Identity() : "" });
            }

            var batch = new AccessBatch { Through = Keys };
            for (ulong sequence = 1; sequence <= Keys; sequence++)
            {
                var secret = BearerSecret.Issue(SecretKind.ApiKey);
                Key = secret.Reveal();
                batch.Entries.Add(new AccessEntry { Sequence = sequence, Key = new() { KeyId = secret.Id, TenantId = "t_bench/app", SecretSha256 = ByteString.CopyFrom(secret.Sha256()) } });
            }

            Manifest = new() { Manifest = manifest.ToByteString(), Signature = Signing.Sign(SignaturePurpose.Manifest, manifest.ToByteArray()) };
            Access = new() { Batch = batch.ToByteString(), Signature = Signing.Sign(SignaturePurpose.Access, batch.ToByteArray()) };
        }

        public SigningKey Signing { get; } = SigningKey.Generate("bench");

        public string Key { get; } = "";

        public Dictionary<ByteString, ByteString> Contents { get; } = [];

        public SignedManifest Manifest { get; }

        public SignedAccessBatch Access { get; }
    }

    private sealed class Distribution(Published published) : PolicyDistribution.PolicyDistributionBase
    {
        public override async Task Subscribe(IAsyncStreamReader<NodeMessage> requests, IServerStreamWriter<ControlMessage> responses, ServerCallContext context)
        {
            await responses.WriteAsync(new() { Access = published.Access });
            await responses.WriteAsync(new() { Offer = new() { Nonce = "1", Manifest = published.Manifest } });
            await foreach (var _ in requests.ReadAllAsync(context.CancellationToken))
            {
            }
        }

        public override async Task FetchResources(FetchResourcesRequest request, IServerStreamWriter<ResourceContent> responses, ServerCallContext context)
        {
            foreach (var sha256 in request.Sha256)
            {
                await responses.WriteAsync(new() { Sha256 = sha256, Content = published.Contents[sha256] });
            }
        }
    }

    /// <summary>Acknowledges at once. It reads no more of a batch than it must: its work is not the node's, and shares a core with the load.</summary>
    private sealed class Sink : IServiceMethodProvider<Sink>
    {
        private static readonly Marshaller<RecordAcknowledgement> Batches = Marshallers.Create(static _ => throw new NotSupportedException(), Read);
        private static readonly Marshaller<RecordAcknowledgement> Acknowledgements = Marshallers.Create(static acknowledgement => acknowledgement.ToByteArray(), RecordAcknowledgement.Parser.ParseFrom);

        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<Sink> context) => context.AddDuplexStreamingMethod(
            new Method<RecordAcknowledgement, RecordAcknowledgement>(MethodType.DuplexStreaming, Telemetry.Descriptor.FullName, "Report", Batches, Acknowledgements), [],
            static async (_, requests, responses, call) =>
            {
                await foreach (var read in requests.ReadAllAsync(call.CancellationToken))
                {
                    await responses.WriteAsync(read);
                }
            });

        // The batch's epoch, and the sequence of its last record.
        private static RecordAcknowledgement Read(byte[] batch)
        {
            var acknowledgement = new RecordAcknowledgement();
            using var input = new CodedInputStream(batch);
            var last = ByteString.Empty;
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case RecordBatch.EpochFieldNumber: acknowledgement.Epoch = input.ReadUInt64(); break;
                    case RecordBatch.RecordsFieldNumber: last = input.ReadBytes(); break;
                    default: input.SkipLastField(); break;
                }
            }

            acknowledgement.ThroughSequence = ExecutionRecord.Parser.ParseFrom(last).Sequence;
            return acknowledgement;
        }
    }
}
