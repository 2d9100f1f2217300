using System.Collections.Concurrent;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Asc.Persistence.Events;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Node = Asc.Persistence.Nodes.Node;

namespace Asc.ControlPlane.Distribution;

/// <summary>What the ledger knows of a node that enters.</summary>
/// <param name="ParkedVersion">The version that it refused, if it is still parked.</param>
/// <param name="AheadInEpoch">The epoch in which it had more than this database.</param>
/// <param name="IsWritten">False: the database is away, and this is what was known of the node.</param>
internal sealed record NodeEntry(long? ParkedVersion, long? AheadInEpoch, bool IsWritten = true);

/// <summary>Writes down what nodes say of themselves.</summary>
internal sealed class NodeLedger(ControlPlaneStore store, DatabaseOutage outage, TimeProvider time, ILogger<NodeLedger> logger)
{
    private readonly ConcurrentDictionary<string, (string Pool, NodeEntry Entry)> entered = new(StringComparer.Ordinal);

    /// <summary>Enters the node.</summary>
    /// <exception cref="AdminException">The name belongs to another pool.</exception>
    public Task<NodeEntry> EnterAsync(NodeCaller caller, Hello hello, CancellationToken cancellation) => outage.BridgeAsync(
        DatabaseOutage.AnyAge,
        "the node",
        async () =>
        {
            var entry = await WriteAsync(caller, hello, cancellation);
            entered[hello.Node] = (caller.Pool, entry);
            return entry;
        },
        () => new(Remember(caller, hello), DatabaseOutage.AnyAge));

    /// <summary>A heartbeat.</summary>
    public Task BeatAsync(string name, Heartbeat heartbeat, CancellationToken cancellation) =>
        ChangeAsync(name, heartbeat.Enforced, async (database, node) =>
        {
            node.SpoolDepth = (long)heartbeat.SpoolDepth;
            foreach (var (action, provider, subject, reason) in CircuitChanges.Between(node.DeploymentHealth, heartbeat.Deployments))
            {
                await RecordAsync(database, name, "breaker", action, subject, reason, node.EnforcedVersion, cancellation, provider);
            }

            node.DeploymentHealth = new DeploymentHealthList { Deployments = { heartbeat.Deployments } }.ToByteArray();
        }, cancellation);

    /// <summary>What was offered is in force.</summary>
    public Task AckAsync(string name, Enforced? enforced, CancellationToken cancellation) =>
        ChangeAsync(name, enforced, (_, node) =>
        {
            (node.NackedVersion, node.NackReason) = (null, null);
            return Task.CompletedTask;
        }, cancellation);

    /// <summary>What was offered was refused; it is parked until another version exists.</summary>
    public Task NackAsync(string name, long version, string reason, Enforced? enforced, CancellationToken cancellation) =>
        ChangeAsync(name, enforced, (database, node) =>
        {
            (node.NackedVersion, node.NackReason) = (version, reason);
            return RecordAsync(database, name, "node", "policy.nack", $"version {version}", reason, version, cancellation);
        }, cancellation);

    private NodeEntry Remember(NodeCaller caller, Hello hello)
    {
        logger.ServedFromMemory(hello.Node);
        var (pool, entry) = entered.GetValueOrDefault(hello.Node, (caller.Pool, new(ParkedVersion: null, AheadInEpoch: null)));
        return pool == caller.Pool ? entry with { IsWritten = false } : throw OtherPool(caller, hello);
    }

    private static AdminException OtherPool(NodeCaller caller, Hello hello) => AdminException.NotPermitted(
        $"The node name \"{hello.Node}\" belongs to another pool than the token's, \"{caller.Pool}\".", "Name the node otherwise, or use a token of its pool.");

    private Task<NodeEntry> WriteAsync(NodeCaller caller, Hello hello, CancellationToken cancellation) => store.WriteAsync(
        async database =>
        {
            var node = await database.Nodes.SingleOrDefaultAsync(row => row.Name == hello.Node, cancellation);
            if (node is not null && node.Pool != caller.Pool)
            {
                throw OtherPool(caller, hello);
            }

            if (node is null)
            {
                node = new Node
                {
                    Name = hello.Node,
                    Pool = caller.Pool,
                    Region = hello.Region,
                    Build = hello.Build,
                    Epoch = (long)hello.Boot,
                    LastSeenAt = time.GetUtcNow(),
                    EnforcedEpoch = 0,
                    EnforcedVersion = 0,
                    EnforcedDigest = [],
                    EnforcedManifest = [],
                    AccessEpoch = 0,
                    AccessSequence = 0,
                };
                database.Nodes.Add(node);
            }

            (node.Region, node.Build, node.Epoch) = (hello.Region, hello.Build, (long)hello.Boot);
            await SeeAsync(database, node, hello.Enforced, cancellation);
            return new NodeEntry(node.NackedVersion, node.AheadInEpoch);
        },
        cancellation);

    private Task ChangeAsync(string name, Enforced? enforced, Func<ControlPlaneContext, Node, Task> change, CancellationToken cancellation) => store.WriteAsync(
        async database =>
        {
            var node = await database.Nodes.SingleAsync(row => row.Name == name, cancellation);
            await SeeAsync(database, node, enforced, cancellation);
            await change(database, node);
            return 0;
        },
        cancellation);

    private async Task SeeAsync(ControlPlaneContext database, Node node, Enforced? enforced, CancellationToken cancellation)
    {
        node.LastSeenAt = time.GetUtcNow();
        if (enforced is null)
        {
            return;
        }

        node.EnforcedEpoch = (long)enforced.Epoch;
        node.EnforcedVersion = (long)enforced.Version;
        node.EnforcedDigest = enforced.PolicyDigest.ToByteArray();
        node.EnforcedManifest = enforced.ManifestSha256.ToByteArray();
        node.AccessEpoch = (long)enforced.AccessEpoch;
        node.AccessSequence = (long)enforced.AccessSequence;
        if (await AheadNodes.NoteAsync(database, node, cancellation) is { } why)
        {
            await RecordAsync(database, node.Name, "node", "node.ahead", node.Name, why, node.EnforcedVersion, cancellation);
            logger.NodeIsAhead(node.Name, why);
        }
    }

    private async Task RecordAsync(
        ControlPlaneContext database, string node, string type, string action, string subject, string reason, long version, CancellationToken cancellation, string provider = "")
    {
        var now = time.GetUtcNow();
        database.AdminRecords.Add(new AdminRecord
        {
            Position = await database.RaiseAsync(CounterNames.Timeline, 1, cancellation),
            Id = Guid.CreateVersion7(now).ToString(),
            At = now,
            Type = type,
            Actor = node,
            Action = action,
            Subject = subject.Length <= ColumnLengths.Name ? subject : subject[..ColumnLengths.Name],
            Node = node,
            Provider = provider.Length <= ColumnLengths.Name ? provider : provider[..ColumnLengths.Name],
            Reason = reason,
            PolicyVersion = version,
        });
    }
}
