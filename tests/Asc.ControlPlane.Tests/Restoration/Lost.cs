using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Tests.Testing;

namespace Asc.ControlPlane.Tests.Restoration;

/// <summary>A database that was restored: its node has two versions and a key more than the backup.</summary>
internal static class Lost
{
    /// <returns>The restored plane, the node that came back, a key that the backup holds, one that it lacks, and the node's token.</returns>
    public static async Task<(TestPlane Plane, TestNode Node, IssuedKey Kept, IssuedKey Lost, string Token)> StartAsync()
    {
        var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("eu")).Token;
        var kept = await plane.KeyAsync("acme");
        await using var before = await TestNode.ConnectAsync(plane, token, "eu");
        await before.AcceptAsync();
        await NodeAsync(plane, node => node.State == "current");

        var backup = plane.Backup();
        var lost = await plane.KeyAsync("acme/retail");
        await plane.Admin.SetTenantSuspendedAsync(new() { Path = "acme/health", Suspended = true });
        await plane.PublishAsync(Sample.Tenant("two"));
        await before.AcceptAsync();
        await plane.PublishAsync(Sample.Tenant("three"));
        await before.AcceptAsync();
        Assert.That(before.Enforced.AccessSequence, Is.EqualTo(3));

        plane = await plane.RestoreAsync(backup);
        var node = await TestNode.ConnectAsync(plane, token, "eu", enforced: before.Enforced, isAhead: true);
        await NodeAsync(plane, found => found.Reason.Length > 0);
        return (plane, node, kept, lost, token);
    }

    public static async Task<Node> NodeAsync(TestPlane plane, Func<Node, bool> condition) =>
        (await Eventually.GetAsync(async () => (await plane.Admin.ListNodesAsync(new())).Nodes.SingleOrDefault(), node => node is not null && condition(node)))!;
}
