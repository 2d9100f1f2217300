using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;

namespace Asc.ControlPlane.Tests.Restoration;

/// <summary><c>Asc.ControlPlane restored</c>.</summary>
internal sealed class RestoredTests
{
    [Test]
    public async Task Nodes_go_to_the_restored_version_and_access_state_under_a_new_epoch()
    {
        var (plane, node, kept, lost, _) = await Lost.StartAsync();
        await using var disposing = plane;
        await using var connected = node;

        var (epoch, version) = await ControlPlaneHost.RestoredAsync(plane.Options, "ana", "the disk died");
        await node.AcceptAsync();
        Assert.That((node.Manifest!.Epoch, node.Manifest.Version, node.Manifest.Author), Is.EqualTo(((ulong)epoch, 2UL, "host operator ana")), "a smaller number than the third, that the backup lacks");
        Assert.That(version, Is.EqualTo(2));
        var versions = (await plane.Admin.ListVersionsAsync(new())).Versions;
        Assert.That((versions.Count, versions[0].Digest), Is.EqualTo((2, versions[1].Digest)), "the content of the backup's newest version");
        Assert.That((node.Enforced.AccessEpoch, node.Enforced.AccessSequence), Is.EqualTo(((ulong)epoch, 1UL)));
        Assert.That(node.Keys.Keys, Is.EqualTo(new[] { kept.Key.Id }));
        Assert.That(node.Keys, Does.Not.ContainKey(lost.Key.Id));

        var current = await Lost.NodeAsync(plane, found => found.State == "current");
        Assert.That((current.Reason, current.Version, current.DesiredEpoch, current.AccessEpoch), Is.EqualTo(("", 2UL, (ulong)epoch, (ulong)epoch)));
        var told = (await ReportTests.ReadAsync(plane, new() { Type = "admin" })).Last().Admin;
        Assert.That((told.Actor, told.Action, told.Subject, told.Reason), Is.EqualTo(("host operator ana", "database.restored", $"epoch {epoch}", "the disk died")));

        await plane.Admin.RevokeKeyAsync(new() { Id = kept.Key.Id });
        await node.ReadUntilAsync(() => node.Keys[kept.Key.Id].RevokedAt is not null);
        await plane.PublishAsync(Sample.Tenant("after"));
        await node.AcceptAsync();
        Assert.That((node.Manifest.Epoch, node.Manifest.Version), Is.EqualTo(((ulong)epoch, 3UL)));
    }

    [Test]
    public async Task Who_was_away_meanwhile_gets_it_all_at_its_hello()
    {
        var (plane, node, kept, _, token) = await Lost.StartAsync();
        await using var disposing = plane;
        await node.DisposeAsync();
        await ControlPlaneHost.RestoredAsync(plane.Options, "ana", "the disk died");

        await using var back = await TestNode.ConnectAsync(plane, token, "eu", enforced: node.Enforced);
        await back.AcceptAsync();
        Assert.That((back.Manifest!.Version, back.Keys.Keys.Single()), Is.EqualTo((2UL, kept.Key.Id)));
    }

    [Test]
    public async Task An_emptied_database_takes_every_key_away_and_leaves_policy_until_the_next_publish()
    {
        var (plane, node, _, _, _) = await Lost.StartAsync();
        await node.DisposeAsync();
        plane = await plane.RestoreAsync(backup: null);
        await using var disposing = plane;
        await using var back = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu", enforced: node.Enforced, isAhead: true);
        await Lost.NodeAsync(plane, found => found.State == "behind" && found.Reason.Contains("restored -m WHY", StringComparison.Ordinal));

        var (epoch, version) = await ControlPlaneHost.RestoredAsync(plane.Options, "ana", "a new start");
        await back.ReadUntilAsync(() => back.Enforced.AccessEpoch == (ulong)epoch);
        Assert.That((version, back.Keys.Count), Is.EqualTo((default(long?), 0)));
        await plane.PublishAsync(Sample.All);
        await back.AcceptAsync();
        Assert.That((back.Manifest!.Epoch, back.Manifest.Version), Is.EqualTo(((ulong)epoch, 1UL)));
        await Lost.NodeAsync(plane, found => found.State == "current");
    }

    [Test]
    public async Task Every_epoch_is_newer_than_any_before_also_where_the_backup_is_older_than_one()
    {
        await using var plane = await TestPlane.StartAsync();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        var (first, _) = await ControlPlaneHost.RestoredAsync(plane.Options, "ana", "once", time);
        var (second, _) = await ControlPlaneHost.RestoredAsync(plane.Options, "ana", "twice", time);
        Assert.That((first, second), Is.EqualTo((time.GetUtcNow().ToUnixTimeSeconds(), first + 1)), "what no backup can forget is the clock");

        // A node tells of an epoch that neither knows.
        var told = new Enforced { Epoch = (ulong)second + 100, Version = 1, AccessEpoch = (ulong)second + 100, AccessSequence = 1 };
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu", enforced: told);
        var ahead = await Lost.NodeAsync(plane, found => found.Reason.Length > 0);
        Assert.That(ahead.Reason, Does.Contain("Nothing reaches it until you run"));
        var (third, _) = await ControlPlaneHost.RestoredAsync(plane.Options, "ana", "thrice", time);
        Assert.That(third, Is.EqualTo(second + 101));
        await node.ReadUntilAsync(() => node.Enforced.AccessEpoch == (ulong)third);
    }

    [Test]
    public async Task It_needs_a_reason_and_a_migrated_database()
    {
        await using var plane = await TestPlane.StartAsync();
        var unsaid = await Assert.ThrowsAsync<ControlPlaneConfigurationException>(() => ControlPlaneHost.RestoredAsync(plane.Options, "ana", ""));
        Assert.That(unsaid!.Message, Does.Contain("-m WHY"));
        var empty = new ControlPlaneOptions { ConnectionString = "Data Source=:memory:" };
        var unmigrated = await Assert.ThrowsAsync<ControlPlaneConfigurationException>(() => ControlPlaneHost.RestoredAsync(empty, "ana", "because"));
        Assert.That(unmigrated!.Message, Does.Contain("migrate"));
    }
}
