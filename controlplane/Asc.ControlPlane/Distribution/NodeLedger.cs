using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Asc.Persistence.Events;
using Microsoft.EntityFrameworkCore;
using Node = Asc.Persistence.Nodes.Node;

namespace Asc.ControlPlane.Distribution;

/// <summary>Writes down what nodes say of themselves.</summary>
internal sealed class NodeLedger(ControlPlaneStore store, TimeProvider time)
{
    /// <summary>Enters the node; returns the version that it refused, if it is still parked.</summary>
    /// <exception cref="AdminException">The name belongs to another pool.</exception>
    public Task<long?> EnterAsync(NodeCaller caller, Hello hello, CancellationToken cancellation) => store.WriteAsync(
        async database =>
        {
            var node = await database.Nodes.SingleOrDefaultAsync(row => row.Name == hello.Node, cancellation);
            if (node is not null && node.Pool != caller.Pool)
            {
                throw AdminException.NotPermitted($"The node name \"{hello.Node}\" belongs to another pool than the token's, \"{caller.Pool}\".", "Name the node otherwise, or use a token of its pool.");
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
                    AccessSequence = 0,
                };
                database.Nodes.Add(node);
            }

            (node.Region, node.Build, node.Epoch) = (hello.Region, hello.Build, (long)hello.Boot);
            See(node, hello.Enforced);
            return node.NackedVersion;
        },
        cancellation);

    /// <summary>A heartbeat.</summary>
    public Task BeatAsync(string name, Heartbeat heartbeat, CancellationToken cancellation) =>
        ChangeAsync(name, node =>
        {
            See(node, heartbeat.Enforced);
            node.SpoolDepth = (long)heartbeat.SpoolDepth;
        }, cancellation);

    /// <summary>What was offered is in force.</summary>
    public Task AckAsync(string name, Enforced? enforced, CancellationToken cancellation) =>
        ChangeAsync(name, node =>
        {
            See(node, enforced);
            (node.NackedVersion, node.NackReason) = (null, null);
        }, cancellation);

    /// <summary>What was offered was refused; it is parked until another version exists.</summary>
    public Task NackAsync(string name, long version, string reason, Enforced? enforced, CancellationToken cancellation) => store.WriteAsync(
        async database =>
        {
            var node = await database.Nodes.SingleAsync(row => row.Name == name, cancellation);
            See(node, enforced);
            (node.NackedVersion, node.NackReason) = (version, reason);
            var now = time.GetUtcNow();
            database.AdminRecords.Add(new AdminRecord
            {
                Position = await database.RaiseAsync(CounterNames.Timeline, 1, cancellation),
                Id = Guid.CreateVersion7(now).ToString(),
                At = now,
                Type = "node",
                Actor = name,
                ActorId = "",
                Action = "policy.nack",
                Subject = $"version {version}",
                Tenant = "",
                KeyId = "",
                Node = name,
                Reason = reason,
                Before = "",
                After = "",
                PolicyVersion = version,
            });
            return 0;
        },
        cancellation);

    private Task ChangeAsync(string name, Action<Node> change, CancellationToken cancellation) => store.WriteAsync(
        async database =>
        {
            var node = await database.Nodes.SingleAsync(row => row.Name == name, cancellation);
            change(node);
            return 0;
        },
        cancellation);

    private void See(Node node, Enforced? enforced)
    {
        node.LastSeenAt = time.GetUtcNow();
        if (enforced is not null)
        {
            node.EnforcedEpoch = (long)enforced.Epoch;
            node.EnforcedVersion = (long)enforced.Version;
            node.EnforcedDigest = enforced.PolicyDigest.ToByteArray();
            node.EnforcedManifest = enforced.ManifestSha256.ToByteArray();
            node.AccessSequence = (long)enforced.AccessSequence;
        }
    }
}
