using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Asc.ControlPlane.Tests.Restoration;

/// <summary>The database was restored, and nobody has said so.</summary>
internal sealed class AheadTests
{
    [Test]
    public async Task It_is_an_event_and_the_nodes_reason_and_both_name_the_mend()
    {
        var (plane, node, _, _, token) = await Lost.StartAsync();
        await using var disposing = plane;
        var ahead = await Lost.NodeAsync(plane, found => found.State == "behind");
        Assert.That(ahead.Reason, Does.StartWith("ahead").And.Contain("restored -m WHY").And.Contain("only revocations"));
        Assert.That((ahead.AccessSequence, ahead.DesiredAccessSequence, ahead.OtherHistory), Is.EqualTo((3UL, 1UL, true)));

        await node.DisposeAsync();
        await using var again = await TestNode.ConnectAsync(plane, token, "eu", enforced: node.Enforced, isAhead: true);
        await again.BeatAsync(5);
        await Lost.NodeAsync(plane, found => found.SpoolDepth == 5);
        var told = (await ReportTests.ReadAsync(plane, new() { Type = "node" })).Where(item => item.Admin.Action == "node.ahead").ToArray();
        Assert.That(told, Has.Length.EqualTo(1), "told once");
        Assert.That(told[0].Admin.Reason, Does.Contain("version 3").And.Contain("ends at version 1").And.Contain("restored -m WHY"));
        Assert.That(plane.Logs.Lines.Select(line => line.Line), Has.Some.Contains("NodeIsAhead"));
    }

    [Test]
    public async Task What_withholds_reaches_it_and_nothing_is_given_back()
    {
        var (plane, node, kept, lost, token) = await Lost.StartAsync();
        await using var disposing = plane;
        var fresh = await plane.KeyAsync("acme");
        await plane.Admin.RevokeKeyAsync(new() { Id = kept.Key.Id });
        await node.ReadUntilAsync(() => node.Keys.ContainsKey(kept.Key.Id));
        Assert.That(node.Keys[kept.Key.Id].RevokedAt, Is.Not.Null);
        Assert.That((node.Enforced.AccessEpoch, node.Enforced.AccessSequence), Is.EqualTo((1UL, 3UL)), "it stays where it is");

        // This database's numbers pass the node's: what they stand for is another history all the same.
        for (var n = 0; n < 3; n++)
        {
            await plane.KeyAsync("acme");
        }

        await node.DisposeAsync();
        await using var back = await TestNode.ConnectAsync(plane, token, "eu", enforced: node.Enforced, isAhead: true);
        await plane.Admin.SetModelDisabledAsync(new() { Name = "small", Disabled = true });
        await back.ReadUntilAsync(() => back.Entries.Any(entry => entry.Model is { Disabled: true }));
        Assert.That(back.Keys.Keys, Is.EqualTo(new[] { kept.Key.Id }), $"neither {fresh.Key.Id} nor anything of {lost.Key.Id}");
        Assert.That((await Lost.NodeAsync(plane, found => found.DesiredAccessSequence > 3)).Reason, Does.StartWith("ahead"));
    }

    [Test]
    public async Task A_whole_state_of_several_batches_switches_off_with_the_first()
    {
        const int count = 5_000;
        await using var plane = await TestPlane.StartAsync();
        await plane.Services.GetRequiredService<ControlPlaneStore>().WriteAsync(
            async database =>
            {
                await database.RaiseAsync(CounterNames.Access, count + 2, CancellationToken.None);
                for (var n = 1; n <= count + 1; n++)
                {
                    Add(database, "key", $"k_{n}", new() { Sequence = (ulong)n, Key = new() { KeyId = $"k_{n}", TenantId = "t_1" } });
                }

                Add(database, "tenant", "t_1", new() { Sequence = count + 2, Tenant = new() { TenantId = "t_1", Suspended = true } });
                return 0;
            },
            CancellationToken.None);

        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu");
        await node.ReadUntilAsync(() => node.Entries.Count > 0);
        Assert.That((node.Entries.Count, node.Entries[^1].Tenant?.Suspended, node.Enforced.AccessSequence), Is.EqualTo((count + 1, true, (ulong)count)));
        await node.ReadUntilAsync(() => node.Enforced.AccessSequence == count + 2);
        Assert.That(node.Keys, Has.Count.EqualTo(count + 1));
    }

    [Test]
    public async Task A_database_that_goes_back_under_a_running_process_ends_it()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.KeyAsync("acme");
        var stopping = plane.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await plane.Services.GetRequiredService<ControlPlaneStore>().WriteAsync(
            database => database.Counters.Where(counter => counter.Name == CounterNames.Access).ExecuteUpdateAsync(row => row.SetProperty(counter => counter.Value, 0)),
            CancellationToken.None);

        await Eventually.GetAsync(() => Task.FromResult(stopping.IsCancellationRequested), stopped => stopped);
        Assert.That(plane.Logs.Lines.Select(line => line.Line), Has.Some.Contains("restored -m WHY"));
        plane.ExpectedErrors = 1;
    }

    private static void Add(ControlPlaneContext database, string kind, string id, AccessEntry entry) =>
        database.AccessSubjects.Add(new() { Kind = kind, SubjectId = id, Sequence = (long)entry.Sequence, Withheld = false, Entry = Google.Protobuf.MessageExtensions.ToByteArray(entry) });
}
