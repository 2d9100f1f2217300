using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Signing;
using Google.Protobuf;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Testing;

/// <summary>A node's side of the stream, by hand.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<NodeMessage, ControlMessage> call;
    private readonly SigningKey signingKey;
    private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(20));

    private TestNode(AsyncDuplexStreamingCall<NodeMessage, ControlMessage> call, SigningKey signingKey, Enforced enforced)
    {
        (this.call, this.signingKey, Enforced) = (call, signingKey, enforced);
    }

    public Enforced Enforced { get; private set; }

    /// <summary>Whether it has more than the control plane's database: what it is sent then takes it no further.</summary>
    public bool IsAhead { get; private set; }

    public Manifest? Manifest { get; private set; }

    public Dictionary<string, KeyState> Keys { get; } = [];

    public List<AccessEntry> Entries { get; } = [];

    public static async Task<TestNode> ConnectAsync(TestPlane plane, string token, string region, string name = "node-1", Enforced? enforced = null, bool isAhead = false)
    {
        var node = new TestNode(plane.Distribution(token).Subscribe(), plane.SigningKey, enforced?.Clone() ?? new()) { IsAhead = isAhead };
        await node.call.RequestStream.WriteAsync(new() { Hello = new() { Node = name, Region = region, Build = "test", Boot = 1, Enforced = node.Enforced } });
        return node;
    }

    /// <summary>The next message; access batches are taken in on the way.</summary>
    public async Task<ControlMessage> NextAsync()
    {
        Assert.That(await call.ResponseStream.MoveNext(deadline.Token), "the stream goes on");
        var message = call.ResponseStream.Current;
        if (message.Access is { } access)
        {
            Assert.That(signingKey.Verifier.Verifies(SignaturePurpose.Access, access.Batch.Span, access.Signature));
            var batch = AccessBatch.Parser.ParseFrom(access.Batch);
            if (batch.Epoch > Enforced.AccessEpoch)
            {
                Assert.That(batch.After, Is.Zero, "an epoch begins from nothing");
                (Enforced.AccessEpoch, Enforced.AccessSequence, IsAhead) = (batch.Epoch, 0, false);
                Keys.Clear();
                Entries.Clear();
            }
            else
            {
                Assert.That((batch.Epoch, batch.After), Is.EqualTo((Enforced.AccessEpoch, Enforced.AccessSequence)), "batches follow each other without a gap");
                Assert.That(batch.Through, IsAhead ? Is.EqualTo(batch.After) : Is.GreaterThan(batch.After));
            }

            Enforced.AccessSequence = batch.Through;
            Entries.AddRange(batch.Entries);
            foreach (var key in batch.Entries.Select(entry => entry.Key).Where(key => key is not null))
            {
                Keys[key.KeyId] = key;
            }
        }

        return message;
    }

    public async Task<Offer> NextOfferAsync()
    {
        while (true)
        {
            if ((await NextAsync()).Offer is { } offer)
            {
                Assert.That(signingKey.Verifier.Verifies(SignaturePurpose.Manifest, offer.Manifest.Manifest.Span, offer.Manifest.Signature));
                Manifest = Manifest.Parser.ParseFrom(offer.Manifest.Manifest);
                return offer;
            }
        }
    }

    /// <summary>Reads until <paramref name="condition"/> holds.</summary>
    public async Task ReadUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await NextAsync();
        }
    }

    public async Task<Offer> AcceptAsync()
    {
        var offer = await NextOfferAsync();
        Enforced.Epoch = Manifest!.Epoch;
        Enforced.Version = Manifest.Version;
        Enforced.PolicyDigest = Manifest.PolicyDigest;
        Enforced.ManifestSha256 = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(offer.Manifest.Manifest.Span));
        await call.RequestStream.WriteAsync(new() { Ack = new() { Nonce = offer.Nonce, Enforced = Enforced } });
        return offer;
    }

    public Task NackAsync(Offer offer, string message = "does not compile") =>
        SendAsync(new() { Nack = new() { Nonce = offer.Nonce, Version = Manifest!.Version, Reason = NackReason.Invalid, Message = message, Enforced = Enforced } });

    public Task BeatAsync(ulong spoolDepth = 0) => SendAsync(new() { Heartbeat = new() { Enforced = Enforced, SpoolDepth = spoolDepth } });

    public Task SendAsync(NodeMessage message) => call.RequestStream.WriteAsync(message);

    /// <summary>Reads until the stream ends; how it ended.</summary>
    public async Task<Status> EndAsync()
    {
        try
        {
            while (await call.ResponseStream.MoveNext(deadline.Token))
            {
            }

            return Status.DefaultSuccess;
        }
        catch (RpcException exception)
        {
            return exception.Status;
        }
    }

    public ValueTask DisposeAsync()
    {
        call.Dispose();
        deadline.Dispose();
        return ValueTask.CompletedTask;
    }
}
