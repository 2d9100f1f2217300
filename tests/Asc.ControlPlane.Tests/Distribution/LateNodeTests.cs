using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Distribution;
using Asc.ControlPlane.Tests.Testing;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Asc.ControlPlane.Tests.Distribution;

/// <summary>A version is superseded while a node still fetches it.</summary>
internal sealed class LateNodeTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    [Test]
    public async Task It_gets_all_of_the_version_that_it_was_offered()
    {
        await using var plane = await TestPlane.StartAsync(time);
        var (token, digests) = await OfferedAsync(plane, "us");
        await SupersedeAsync(plane);
        Assert.That((await plane.FetchAsync(token, digests.Values)).Select(content => content.Sha256), Is.EquivalentTo(digests.Values));
    }

    [Test]
    public async Task After_a_while_only_what_the_newest_version_lists_is_left()
    {
        await using var plane = await TestPlane.StartAsync(time);
        var (token, digests) = await OfferedAsync(plane, "us");
        await SupersedeAsync(plane);
        time.Advance(Grace);
        string[] superseded = ["acme", "acme/retail"];
        Assert.That(
            (await plane.FetchAsync(token, digests.Values)).Select(content => content.Sha256),
            Is.EquivalentTo(digests.Where(resource => !superseded.Contains(resource.Key)).Select(resource => resource.Value)));
    }

    [Test]
    public async Task It_gets_nothing_that_another_region_was_offered()
    {
        await using var plane = await TestPlane.StartAsync(time);
        var (eu, digests) = await OfferedAsync(plane, "eu");
        var us = (await plane.NodeTokenAsync("us")).Token;
        await SupersedeAsync(plane);
        Assert.That(await plane.FetchAsync(us, [digests["acme/health"]]), Is.Empty);
        Assert.That(await plane.FetchAsync(eu, [digests["acme/health"]]), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Many_versions_may_have_passed()
    {
        await using var plane = await TestPlane.StartAsync(time);
        var (token, digests) = await OfferedAsync(plane, "us");
        await SupersedeAsync(plane);
        for (var n = 0; n < 5; n++)
        {
            await plane.PublishAsync(Sample.Tenant($"other-{n}"));
        }

        Assert.That(await plane.FetchAsync(token, digests.Values), Has.Count.EqualTo(digests.Count));
    }

    [Test]
    public async Task Its_refusal_of_a_superseded_version_halts_nothing_and_is_no_state()
    {
        // It polls rarely: it has not offered the new version yet when the refusal of the old one comes.
        await using var plane = await TestPlane.StartAsync(configure: options => options.PollInterval = TimeSpan.FromHours(1));
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("us")).Token;
        await using var node = await TestNode.ConnectAsync(plane, token, "us");
        var first = await node.NextOfferAsync();
        await using var replica = await plane.StartReplicaAsync();
        await SupersedeAsync(replica);
        await node.NackAsync(first, "Tenant acme/retail is missing");
        await node.BeatAsync(7);
        var late = await Eventually.GetAsync(async () => (await plane.Admin.ListNodesAsync(new())).Nodes.Single(), found => found.SpoolDepth == 7);
        Assert.That((late.State, late.Reason, late.Desired), Is.EqualTo(("behind", "", 2UL)));

        plane.Services.GetRequiredService<CommitWatch>().Wake();
        await node.AcceptAsync();
        var current = await Eventually.GetAsync(async () => (await plane.Admin.ListNodesAsync(new())).Nodes.Single(), found => found.State == "current");
        Assert.That((current.Version, current.Reason), Is.EqualTo((2UL, "")), "on the stream that it had");
    }

    // What a node of the region was offered, by name, and has not fetched yet.
    private static async Task<(string Token, IReadOnlyDictionary<string, ByteString> Digests)> OfferedAsync(TestPlane plane, string region)
    {
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync(region)).Token;
        await using var node = await TestNode.ConnectAsync(plane, token, region);
        await node.NextOfferAsync();
        return (token, node.Manifest!.Resources.ToDictionary(resource => resource.Name, resource => resource.Sha256));
    }

    // One tenant is another now, and one has left us.
    private static Task SupersedeAsync(TestPlane plane) =>
        plane.PublishAsync(Sample.Tenant("acme", ["gpt-*"], ["eu", "us"]), Sample.Tenant("acme/retail", ["gpt-5-mini"], ["eu"]), Sample.Tenant("acme/health", ["gpt-5-mini"], ["eu"]));
}
