using System.Diagnostics;
using Asc.Contracts.Credentials;
using Asc.ControlPlane.Tests.Testing;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Keys;

internal sealed class AccessLaneTests
{
    [Test]
    public async Task Keys_and_switches_reach_a_node_within_a_second_without_a_publish()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu");
        await node.AcceptAsync();

        var since = Stopwatch.GetTimestamp();
        var issued = await plane.KeyAsync("acme/health");
        await node.ReadUntilAsync(() => node.Keys.ContainsKey(issued.Key.Id));
        Assert.That(BearerSecret.Matches(issued.Secret, node.Keys[issued.Key.Id].SecretSha256.Span));
        Assert.That(node.Keys[issued.Key.Id].TenantId, Is.EqualTo(node.Manifest!.Resources.Single(resource => resource.Name == "acme/health").TenantId));

        await plane.Admin.RevokeKeyAsync(new() { Id = issued.Key.Id });
        await node.ReadUntilAsync(() => node.Keys[issued.Key.Id].RevokedAt is not null);
        await plane.Admin.SetTenantSuspendedAsync(new() { Path = "acme/health", Suspended = true, Reason = "unpaid" });
        await node.ReadUntilAsync(() => node.Entries.Any(entry => entry.Tenant is { Suspended: true }));
        await plane.Admin.SetModelDisabledAsync(new() { Name = "chat-default", Disabled = true });
        await plane.Admin.SetProviderDisabledAsync(new() { Name = "sim-eu", Disabled = true });
        await node.ReadUntilAsync(() => node.Entries.Any(entry => entry.Model is { Model: "chat-default", Disabled: true }) && node.Entries.Any(entry => entry.Provider is { Provider: "sim-eu", Disabled: true }));
        Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(5)), "five changes");
        Assert.That((await plane.Admin.ListVersionsAsync(new())).Versions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_sequence_only_grows_and_survives_rollback_and_restart()
    {
        var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.PublishAsync(Sample.Tenant("other"));
        var revoked = await plane.KeyAsync("acme/health");
        await plane.Admin.RevokeKeyAsync(new() { Id = revoked.Key.Id });
        var suspended = await plane.Admin.SetTenantSuspendedAsync(new() { Path = "acme/retail", Suspended = true });
        Assert.That((suspended.Changed, suspended.AccessSequence), Is.EqualTo((true, 3UL)));
        await plane.Admin.RollbackAsync(new() { Version = 1, Message = "back" });
        var token = (await plane.NodeTokenAsync("us")).Token;

        plane = await plane.RestartAsync();
        await using (plane)
        {
            await using var node = await TestNode.ConnectAsync(plane, token, "us");
            await node.ReadUntilAsync(() => node.Enforced.AccessSequence == 3);
            Assert.That(node.Entries.Select(entry => entry.Sequence), Is.EqualTo(new[] { 2UL, 3UL }), "each subject once, in its newest state");
            Assert.That(node.Keys.Values.Single().RevokedAt, Is.Not.Null);

            var again = await plane.Admin.SetTenantSuspendedAsync(new() { Path = "acme/retail", Suspended = true });
            Assert.That((again.Changed, again.AccessSequence), Is.EqualTo((false, 3UL)), "nothing changes, nothing is told");
            Assert.That((await plane.Admin.SetTenantSuspendedAsync(new() { Path = "acme/retail" })).AccessSequence, Is.EqualTo(4));
        }
    }

    [Test]
    public async Task Who_has_a_part_gets_the_rest()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        for (var n = 0; n < 5; n++)
        {
            await plane.KeyAsync("acme");
        }

        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu", enforced: new() { AccessEpoch = 1, AccessSequence = 3 });
        await node.ReadUntilAsync(() => node.Enforced.AccessSequence == 5);
        Assert.That(node.Entries.Select(entry => entry.Sequence), Is.EqualTo(new[] { 4UL, 5UL }));
    }

    [Test]
    public async Task Many_at_once_are_numbered_without_gap_or_double()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => plane.KeyAsync("acme/retail")));
        await node.ReadUntilAsync(() => node.Enforced.AccessSequence == 40);
        Assert.That(node.Entries.Select(entry => entry.Sequence), Is.EqualTo(Enumerable.Range(1, 40).Select(n => (ulong)n)));
    }

    [Test]
    public async Task What_does_not_exist_has_no_switch()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        foreach (var call in new Func<Task>[]
        {
            async () => await plane.Admin.SetTenantSuspendedAsync(new() { Path = "nobody", Suspended = true }),
            async () => await plane.Admin.SetModelDisabledAsync(new() { Name = "sim-eu", Disabled = true }),
            async () => await plane.Admin.SetProviderDisabledAsync(new() { Name = "gpt-5-mini", Disabled = true }),
        })
        {
            Assert.That((await Refusal.OfAsync(call)).Status, Is.EqualTo(StatusCode.NotFound));
        }
    }

    [Test]
    public async Task Another_replica_notices_within_a_second()
    {
        await using var plane = await TestPlane.StartAsync();
        await using var replica = await plane.StartReplicaAsync();
        await plane.PublishAsync(Sample.All);
        await using var node = await TestNode.ConnectAsync(replica, (await plane.NodeTokenAsync("eu")).Token, "eu");
        await node.AcceptAsync();
        var since = Stopwatch.GetTimestamp();
        var issued = await plane.KeyAsync("acme");
        await node.ReadUntilAsync(() => node.Keys.ContainsKey(issued.Key.Id));
        Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(1)));
        await plane.PublishAsync(Sample.Tenant("other"));
        await node.AcceptAsync();
        Assert.That(node.Manifest!.Version, Is.EqualTo(2));
    }
}
