using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Distribution;
using Asc.ControlPlane.Tests.Testing;
using Asc.Persistence;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Asc.ControlPlane.Tests.Distribution;

/// <summary>Nodes come while the database is away.</summary>
internal sealed class OutageSubscribeTests
{
    private readonly Testing.DatabaseOutage outage = new();
    private TestPlane plane = null!;
    private Contracts.Admin.V1.IssuedToken token = null!;
    private Contracts.Admin.V1.IssuedKey key = null!;

    [SetUp]
    public async Task StartPlane()
    {
        plane = await TestPlane.StartAsync(outage: outage);
        await plane.PublishAsync(Sample.All);
        token = await plane.NodeTokenAsync("eu");
        key = await plane.KeyAsync("acme", "gpt-5-mini");
    }

    [TearDown]
    public async Task StopPlane()
    {
        outage.End();
        string[] expected = ["The database can't be read", "What is to be sent can't be read", "because the database does not answer"];
        plane.ExpectedErrors = plane.Logs.Lines.Count(line => line.Level >= LogLevel.Error && expected.Any(text => line.Line.Contains(text, StringComparison.Ordinal)));
        await plane.DisposeAsync();
    }

    [Test]
    public async Task A_node_that_has_nothing_gets_its_keys_its_policy_and_its_content()
    {
        await BeginAsync();
        await using var node = await TestNode.ConnectAsync(plane, token.Token, "eu", "never-seen");
        await node.AcceptAsync();
        Assert.That((node.Manifest!.Version, node.Enforced.AccessSequence), Is.EqualTo((1UL, 1UL)));

        var digests = node.Manifest.Resources.Select(resource => resource.Sha256).Append(node.Keys[key.Key.Id].GrantSha256).ToArray();
        using var fetch = plane.Distribution(token.Token).FetchResources(new() { Sha256 = { digests } });
        var contents = await fetch.ResponseStream.ReadAllAsync().ToListAsync();
        Assert.That(contents.Select(content => content.Sha256), Is.EquivalentTo(digests));
        Assert.That(contents.All(content => ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(content.Content.Span)) == content.Sha256));
    }

    [Test]
    public async Task Content_of_another_region_is_closed_then_too_and_what_memory_does_not_hold_is_told_to_be_unknown_to_it()
    {
        var us = await plane.NodeTokenAsync("us");
        var health = await plane.KeyAsync("acme/health", "gpt-5-mini", "gpt-5");
        await BeginAsync();
        await using var node = await TestNode.ConnectAsync(plane, us.Token, "us", "never-seen");
        await node.AcceptAsync();
        using var fetch = plane.Distribution(us.Token).FetchResources(new() { Sha256 = { node.Keys[health.Key.Id].GrantSha256 } });
        var (status, _) = await Refusal.OfAsync(async () => await fetch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.That(status, Is.EqualTo(StatusCode.Unavailable));
    }

    [Test]
    public async Task A_token_that_is_not_in_memory_is_refused_as_unavailable_and_one_that_is_revoked_or_wrong_as_that()
    {
        var revoked = await plane.NodeTokenAsync("eu");
        await plane.Admin.RevokeNodeTokenAsync(new() { Id = revoked.Id });
        await BeginAsync();
        var unknown = BearerSecret.Issue(SecretKind.NodeToken);
        foreach (var (presented, status) in new[]
        {
            (unknown.Reveal(), StatusCode.Unavailable),
            (revoked.Token, StatusCode.Unauthenticated),
            (token.Token[..^4] + (token.Token.EndsWith("0000", StringComparison.Ordinal) ? "1111" : "0000"), StatusCode.Unauthenticated),
        })
        {
            using var fetch = plane.Distribution(presented).FetchResources(new());
            Assert.That((await Refusal.OfAsync(async () => await fetch.ResponseStream.MoveNext(CancellationToken.None))).Status, Is.EqualTo(status));
        }
    }

    [Test]
    public async Task A_name_stays_its_pools()
    {
        var other = await plane.NodeTokenAsync("eu", "other");
        await using var node = await TestNode.ConnectAsync(plane, token.Token, "eu");
        await node.AcceptAsync();
        await BeginAsync();
        await using var impostor = await TestNode.ConnectAsync(plane, other.Token, "eu");
        Assert.That((await impostor.EndAsync()).StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    [Test]
    public async Task When_the_database_is_back_the_node_is_entered_and_what_is_published_arrives()
    {
        await using (var before = await TestNode.ConnectAsync(plane, token.Token, "eu"))
        {
            await before.AcceptAsync();
        }

        await BeginAsync();
        await using var during = await TestNode.ConnectAsync(plane, token.Token, "eu");
        await during.AcceptAsync();
        await during.BeatAsync();
        outage.End();
        await Eventually.GetAsync(() => Task.FromResult(Watch.IsDatabaseAway), away => !away);
        await during.BeatAsync(1);
        Assert.That((await during.EndAsync()).StatusCode, Is.EqualTo(StatusCode.Unavailable), "it is to come in by the door");

        await using var after = await TestNode.ConnectAsync(plane, token.Token, "eu", enforced: during.Enforced);
        await Eventually.GetAsync(async () => (await plane.Admin.ListNodesAsync(new())).Nodes.Single().State, state => state == "current");
        await plane.PublishAsync(Sample.Tenant("later"));
        await after.AcceptAsync();
        Assert.That(after.Manifest!.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task A_version_published_just_as_the_database_goes_arrives_when_it_is_back()
    {
        await using var replica = await plane.StartReplicaAsync();
        await using var node = await TestNode.ConnectAsync(plane, token.Token, "eu");
        await node.AcceptAsync();
        await replica.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("later") } });
        await RememberedAsync();
        var before = Watch.Current.Policy;
        outage.BeginWhen(() => Watch.Current.Policy > before);
        await replica.Admin.PublishAsync(new() { Message = "for a test" });
        await LoggedAsync("What is to be sent can't be read");

        outage.End();
        await node.AcceptAsync();
        Assert.That(node.Manifest!.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task The_stream_of_a_token_revoked_just_as_the_database_goes_ends_when_it_is_back()
    {
        await using var replica = await plane.StartReplicaAsync();
        await using var node = await TestNode.ConnectAsync(plane, token.Token, "eu");
        await node.AcceptAsync();
        await RememberedAsync();
        var before = Watch.Current.Tokens;
        outage.BeginWhen(() => Watch.Current.Tokens > before);
        await replica.Admin.RevokeNodeTokenAsync(new() { Id = token.Id });
        await LoggedAsync("is still valid can't be told");
        await AwayAsync();
        using var fetch = plane.Distribution(token.Token).FetchResources(new());
        var (status, _) = await Refusal.OfAsync(async () => await fetch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.That(status, Is.EqualTo(StatusCode.Unavailable), "memory, which knows no better than before, lets nobody in");

        outage.End();
        Assert.That((await node.EndAsync()).StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
    }

    private CommitWatch Watch => plane.Services.GetRequiredService<CommitWatch>();

    // All that was done so far is in memory when the database goes.
    private async Task BeginAsync()
    {
        await RememberedAsync();
        outage.Begin();
        await AwayAsync();
    }

    private async Task RememberedAsync()
    {
        var stock = plane.Services.GetRequiredService<OutageStock>();
        var done = await plane.Services.GetRequiredService<ControlPlaneStore>().ReadAsync(
            database => database.Counters.ToDictionaryAsync(counter => counter.Name, counter => counter.Value), CancellationToken.None);
        await Eventually.GetAsync(
            () => Task.FromResult(stock.Through),
            through => (through.Policy, through.Access, through.Tokens) == (done[CounterNames.Policy], done[CounterNames.Access], done[CounterNames.Tokens]));
    }

    private Task LoggedAsync(string text) =>
        Eventually.GetAsync(() => Task.FromResult(plane.Logs.Lines.Count(line => line.Line.Contains(text, StringComparison.Ordinal))), count => count > 0);

    private Task AwayAsync() => Eventually.GetAsync(() => Task.FromResult(Watch.IsDatabaseAway), away => away);
}
