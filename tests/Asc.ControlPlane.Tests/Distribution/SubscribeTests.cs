using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Distribution;

internal sealed class SubscribeTests
{
    [Test]
    public async Task A_node_gets_what_is_published_and_its_state_is_known()
    {
        await using var plane = await TestPlane.StartAsync();
        var published = await plane.PublishAsync(Sample.All);
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu");
        await node.AcceptAsync();
        Assert.That((node.Manifest!.Version, node.Manifest.Region, node.Manifest.Author), Is.EqualTo((1UL, "eu", "root")));

        var current = await StateAsync(plane, "current");
        Assert.That((current.Version, current.Digest, current.Desired, current.LagSeconds), Is.EqualTo((1UL, published.Digest, 1UL, 0d)));

        await plane.PublishAsync(Sample.Tenant("other"));
        Assert.That((await StateAsync(plane, "behind")).Desired, Is.EqualTo(2));
        await node.AcceptAsync();
        Assert.That((node.Manifest.ParentVersion, node.Manifest.Version), Is.EqualTo((1UL, 2UL)));
        await StateAsync(plane, "current");
    }

    [Test]
    public async Task What_it_enforces_already_is_not_offered_again()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("eu")).Token;
        await using var first = await TestNode.ConnectAsync(plane, token, "eu");
        await first.AcceptAsync();
        await StateAsync(plane, "current");

        await using var second = await TestNode.ConnectAsync(plane, token, "eu", enforced: first.Enforced);
        await plane.PublishAsync(Sample.Tenant("other"));
        await second.NextOfferAsync();
        Assert.That(second.Manifest!.Version, Is.EqualTo(2), "the first thing that is offered is the next version");
    }

    [Test]
    public async Task A_refused_version_is_parked_until_another_exists()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("eu")).Token;
        await using (var node = await TestNode.ConnectAsync(plane, token, "eu"))
        {
            await node.NackAsync(await node.NextOfferAsync(), "no such protocol");
            var nacked = await StateAsync(plane, "nacked");
            Assert.That(nacked.Reason, Does.Contain("no such protocol"));
            var told = (await ReportTests.ReadAsync(plane, new() { Type = "node" })).Single(item => item.Admin.Action == "policy.nack");
            Assert.That((told.Admin.Actor, told.Admin.PolicyVersion, told.Admin.Reason), Is.EqualTo(("node-1", 1UL, nacked.Reason)));
        }

        await using var again = await TestNode.ConnectAsync(plane, token, "eu");
        await plane.PublishAsync(Sample.Tenant("other"));
        await again.AcceptAsync();
        Assert.That(again.Manifest!.Version, Is.EqualTo(2), "a reconnect does not bring the refused one back");
        Assert.That((await StateAsync(plane, "current")).Reason, Is.Empty);
    }

    [Test]
    public async Task A_stale_nonce_is_ignored()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu");
        var first = await node.NextOfferAsync();
        await plane.PublishAsync(Sample.Tenant("other"));
        var second = await node.NextOfferAsync();
        await node.NackAsync(first);
        await node.BeatAsync(7);
        var state = await Eventually.GetAsync(() => NodeAsync(plane), found => found?.SpoolDepth == 7);
        Assert.That(state!.State, Is.EqualTo("behind"), "the nack of the first offer says nothing of the second");
        await node.NackAsync(second);
        await StateAsync(plane, "nacked");
    }

    [Test]
    public async Task A_hello_from_another_region_is_refused()
    {
        await using var plane = await TestPlane.StartAsync();
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("us")).Token, "eu");
        var end = await node.EndAsync();
        Assert.That(end.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
        Assert.That(end.Detail, Does.Contain("\"eu\"").And.Contain("\"us\""));
        Assert.That((await plane.Admin.ListNodesAsync(new())).Nodes, Is.Empty);
    }

    [Test]
    public async Task A_name_belongs_to_the_pool_that_came_with_it_first()
    {
        await using var plane = await TestPlane.StartAsync();
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu", "one")).Token, "eu");
        await Eventually.GetAsync(() => NodeAsync(plane), found => found is not null);
        await using var impostor = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu", "two")).Token, "eu");
        Assert.That((await impostor.EndAsync()).StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    [Test]
    public async Task A_revoked_token_ends_its_streams_within_a_second()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = await plane.NodeTokenAsync("eu");
        await using var node = await TestNode.ConnectAsync(plane, token.Token, "eu");
        await node.AcceptAsync();
        await plane.Admin.RevokeNodeTokenAsync(new() { Id = token.Id });
        var end = await node.EndAsync().WaitAsync(TimeSpan.FromSeconds(1));
        Assert.That(end.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
    }

    [Test]
    public async Task A_second_stream_with_the_same_name_replaces_the_first()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("eu")).Token;
        await using var first = await TestNode.ConnectAsync(plane, token, "eu");
        await first.NextOfferAsync();
        await using var second = await TestNode.ConnectAsync(plane, token, "eu");
        Assert.That((await first.EndAsync()).StatusCode, Is.EqualTo(StatusCode.FailedPrecondition));
        await second.AcceptAsync();
        await StateAsync(plane, "current");
    }

    [Test]
    public async Task A_node_that_reads_nothing_holds_up_nobody()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("eu")).Token;
        await using var stuck = await TestNode.ConnectAsync(plane, token, "eu", "stuck");
        await using var node = await TestNode.ConnectAsync(plane, token, "eu");
        await node.AcceptAsync();
        for (var n = 0; n < 20; n++)
        {
            var key = await plane.KeyAsync("acme/health");
            await node.ReadUntilAsync(() => node.Keys.ContainsKey(key.Key.Id));
        }
    }

    [Test]
    public async Task A_node_that_is_silent_for_two_beats_and_a_half_is_away()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
        await using var plane = await TestPlane.StartAsync(time);
        await plane.PublishAsync(Sample.All);
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu");
        await node.AcceptAsync();
        await StateAsync(plane, "current");
        time.Advance(TimeSpan.FromSeconds(2.4));
        await StateAsync(plane, "current");
        time.Advance(TimeSpan.FromSeconds(0.2));
        await StateAsync(plane, "away");
        await node.BeatAsync();
        await StateAsync(plane, "current");
    }

    [Test]
    public async Task Another_digest_under_the_same_number_is_drift()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu");
        await node.AcceptAsync();
        node.Enforced.PolicyDigest = Google.Protobuf.ByteString.CopyFrom(new byte[32]);
        await node.BeatAsync(1);
        var drifted = await Eventually.GetAsync(() => NodeAsync(plane), found => found?.Reason.StartsWith("drift", StringComparison.Ordinal) == true);
        Assert.That(drifted!.State, Is.EqualTo("behind"));
    }

    private static async Task<Contracts.Admin.V1.Node?> NodeAsync(TestPlane plane) => (await plane.Admin.ListNodesAsync(new())).Nodes.SingleOrDefault(node => node.Name == "node-1");

    private static async Task<Contracts.Admin.V1.Node> StateAsync(TestPlane plane, string state) =>
        (await Eventually.GetAsync(() => NodeAsync(plane), node => node?.State == state))!;
}
