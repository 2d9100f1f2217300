using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Tests.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Asc.SqlServer.Tests;

/// <summary>Asks a control plane for everything that it can do, once. What it does and how well is tested elsewhere.</summary>
internal sealed class Journey(MirroredPlane plane)
{
    private readonly Admin.AdminClient admin = plane.Admin;
    private IssuedKey key = new();
    private IssuedKey early = new();
    private IssuedToken nodeToken = new();

    public async Task RunAsync()
    {
        await PublishAsync();
        await IssueAsync();
        await SwitchAsync();
        await SubscribeAsync();
        await ReportAsync();
        await new SharesJourney(plane.As(nodeToken.Token)).RunAsync();
        await AskAsync();
        await WithdrawAsync();
    }

    private async Task PublishAsync()
    {
        await admin.ApplyAsync(new() { Resources = { Sample.All } });
        await admin.ApplyAsync(new() { Resources = { Sample.All }, Sources = { new Contracts.Admin.V1.ResourceSource { Kind = "Tenant", Name = "acme", File = "acme.yaml", Line = 1 } } });
        await admin.ApplyAsync(new() { Resources = { Sample.Tenant("acme/retail", ["small"]), Sample.Tenant("gone") } });
        await admin.DeleteResourceAsync(new() { Kind = "Tenant", Name = "gone" });
        await admin.PublishAsync(new() { Message = "first" });
        await admin.ApplyAsync(new() { Resources = { Sample.Tenant("draft") }, DryRun = true });
        await admin.ApplyAsync(new() { Resources = { Sample.Tenant("draft") } });
    }

    private async Task IssueAsync()
    {
        nodeToken = await admin.CreateNodeTokenAsync(new() { Pool = "main", Region = "eu" });
        plane.Answers.LoseNext();
        key = await admin.CreateKeyAsync(new() { Tenant = "acme/health", Name = "app", Models = { "gpt-*" } });
        Assert.That(plane.Answers.IsPending, Is.False, "the answer was lost, and it was tried again");
        early = await admin.CreateKeyAsync(new() { Tenant = "draft", Name = "early" });
        var rotated = await admin.RotateKeyAsync(new() { Id = key.Key.Id, OverlapSeconds = 3600 });
        await admin.RevokeKeyAsync(new() { Id = rotated.Key.Id });
    }

    private async Task SwitchAsync()
    {
        foreach (var withheld in new[] { true, false, true })
        {
            await admin.SetTenantSuspendedAsync(new() { Path = "acme/health", Suspended = withheld });
            await admin.SetModelDisabledAsync(new() { Name = "small", Disabled = withheld });
            await admin.SetProviderDisabledAsync(new() { Name = "sim-us", Disabled = withheld });
        }
    }

    private async Task SubscribeAsync()
    {
        var distribution = new PolicyDistribution.PolicyDistributionClient(plane.As(nodeToken.Token));
        using (var stream = distribution.Subscribe())
        {
            var (manifest, grant) = await OfferAsync(stream, "eu", boot: 1);
            await stream.RequestStream.WriteAsync(new() { Heartbeat = new() { Enforced = manifest.Enforced, SpoolDepth = 3 } });
            await stream.RequestStream.WriteAsync(new() { Ack = new() { Nonce = manifest.Nonce, Enforced = manifest.Enforced } });
            await UntilAsync(node => node.Version == 1 && node.SpoolDepth == 3);
            var unknown = Google.Protobuf.ByteString.CopyFrom(new byte[32]);
            using var fetch = distribution.FetchResources(new() { Sha256 = { manifest.Digests.Append(grant).Append(unknown) } });
            await foreach (var _ in fetch.ResponseStream.ReadAllAsync())
            {
            }
        }

        // Another region's token of the same pool, that no version knew of: its manifest is made now.
        var moved = await admin.CreateNodeTokenAsync(new() { Pool = "main", Region = "ap" });
        using var again = new PolicyDistribution.PolicyDistributionClient(plane.As(moved.Token)).Subscribe();
        var (offer, _) = await OfferAsync(again, "ap", boot: 2);
        await again.RequestStream.WriteAsync(new() { Nack = new() { Nonce = offer.Nonce, Version = 1, Message = "no", Enforced = new() } });
        await UntilAsync(node => node.Reason.Length > 0);

        // It has more than the database, which therefore was restored; the host's operator says so.
        await again.RequestStream.WriteAsync(new() { Heartbeat = new() { Enforced = new() { AccessEpoch = 1, AccessSequence = 1000 } } });
        await UntilAsync(node => node.Reason.StartsWith("ahead", StringComparison.Ordinal));
        plane.Answers.LoseNext();
        await plane.RestoreAsync();
        await UntilAsync(node => !node.Reason.StartsWith("ahead", StringComparison.Ordinal));
    }

    // The first offer, and the grant that the access state speaks of before it.
    private static async Task<((string Nonce, Enforced Enforced, IEnumerable<Google.Protobuf.ByteString> Digests) Manifest, Google.Protobuf.ByteString Grant)> OfferAsync(
        AsyncDuplexStreamingCall<NodeMessage, ControlMessage> stream, string region, ulong boot)
    {
        var grant = Google.Protobuf.ByteString.Empty;
        await stream.RequestStream.WriteAsync(new() { Hello = new() { Node = "node-1", Region = region, Build = $"build {boot}", Boot = boot } });
        while (await stream.ResponseStream.MoveNext(CancellationToken.None))
        {
            var message = stream.ResponseStream.Current;
            if (message.Access is { } access)
            {
                grant = AccessBatch.Parser.ParseFrom(access.Batch).Entries.Select(entry => entry.Key?.GrantSha256).First(digest => digest is { IsEmpty: false })!;
            }
            else if (message.Offer is { } offer)
            {
                var manifest = Manifest.Parser.ParseFrom(offer.Manifest.Manifest);
                var digest = System.Security.Cryptography.SHA256.HashData(offer.Manifest.Manifest.Span);
                var enforced = new Enforced { Epoch = manifest.Epoch, Version = manifest.Version, PolicyDigest = manifest.PolicyDigest, ManifestSha256 = Google.Protobuf.ByteString.CopyFrom(digest), AccessEpoch = 1, AccessSequence = 1 };
                return ((offer.Nonce, enforced, manifest.Resources.Select(resource => resource.Sha256)), grant);
            }
        }

        throw new AssertionException("the stream ended");
    }

    private async Task UntilAsync(Func<Node, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!(await admin.ListNodesAsync(new(), cancellationToken: deadline.Token)).Nodes.Any(condition))
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    private async Task ReportAsync()
    {
        using var report = new Telemetry.TelemetryClient(plane.As(nodeToken.Token)).Report();
        for (var sequence = 1UL; sequence <= 3; sequence++)
        {
            var record = new ExecutionRecord
            {
                Id = $"r{sequence}", Sequence = sequence, StartedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(56)), Region = sequence == 3 ? "us" : "eu",
                KeyId = key.Key.Id, PolicyVersion = 1, Tenant = "acme/health", RequestedModel = "gpt-5-mini", Outcome = Outcome.Denied, Code = "tenant_suspended",
            };
            await report.RequestStream.WriteAsync(new() { Node = "node-9", Epoch = 1, Records = { record } });
            Assert.That(await report.ResponseStream.MoveNext(CancellationToken.None));
        }
    }

    private async Task AskAsync()
    {
        using var health = new HttpClient { BaseAddress = plane.Health };
        Assert.That(await health.GetStringAsync("/readyz"), Is.EqualTo("ready\n"));
        await admin.DiffAsync(new());
        await admin.DiffAsync(new() { From = 0, To = 1 });
        await admin.ListVersionsAsync(new() { Limit = 5 });
        await admin.GetVersionAsync(new() { Version = 1 });
        await admin.ListResourcesAsync(new() { Kind = "Tenant" });
        await admin.GetResourceAsync(new() { Kind = "Model", Name = "small" });
        await admin.DescribeTenantAsync(new() { Path = "acme/health" });
        await Assert.ThatAsync(async () => await admin.DescribeTenantAsync(new() { Path = "acme/nowhere" }), Throws.InstanceOf<RpcException>());
        await admin.ListKeysAsync(new());
        await admin.ListKeysAsync(new() { Tenant = "acme" });
        await admin.ExplainAsync(new() { Tenant = "acme/health", Model = "gpt-5-mini", KeyId = key.Key.Id });
        await Assert.ThatAsync(async () => await admin.ExplainAsync(new() { Tenant = "acme/health", Model = "gpt-5-mini", Region = "mars" }), Throws.InstanceOf<RpcException>());
        await admin.ExplainRecordAsync(new() { RequestId = "r1" });
        await admin.ReplayAsync(new() { Since = new(), Tenant = "acme", Limit = 1 });
        await admin.ReplayAsync(new() { Since = new(), Against = 1 });
        await EventsAsync(new());
        await EventsAsync(new() { Type = "request" });
        await EventsAsync(new() { Type = "key", Since = new(), Tenant = "acme", KeyId = "k", Provider = "p", RequestId = "i" });
        await EventsAsync(new() { Since = new(), Tenant = "acme", KeyId = "k", Model = "m", Provider = "p", Outcome = "ok", Rule = "r", RequestId = "i" });
        using var following = admin.StreamEvents(new() { Follow = true, Limit = 1 });
        Assert.That(await following.ResponseStream.MoveNext(CancellationToken.None));
        await admin.CreateAdminTokenAsync(new() { Name = "second" });
        Assert.That(await following.ResponseStream.MoveNext(CancellationToken.None));
    }

    private async Task EventsAsync(StreamEventsRequest request)
    {
        using var call = admin.StreamEvents(request);
        await foreach (var _ in call.ResponseStream.ReadAllAsync())
        {
        }
    }

    private async Task WithdrawAsync()
    {
        var third = await admin.CreateAdminTokenAsync(new() { Name = "third" });
        await admin.RevokeAdminTokenAsync(new() { Id = third.Id });
        await admin.RevokeNodeTokenAsync(new() { Id = nodeToken.Id });
        await admin.PublishAsync(new() { Message = "second" });
        await admin.RevokeKeyAsync(new() { Id = early.Key.Id });
        await admin.RollbackAsync(new() { Version = 1, Message = "back" });
    }
}
