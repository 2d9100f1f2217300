using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Asc.Persistence.Policies;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using NodeMessage = Asc.Contracts.Admin.V1.Node;
using NodeRow = Asc.Persistence.Nodes.Node;

namespace Asc.ControlPlane.Nodes;

/// <summary>What is known of the nodes, judged against what they should enforce.</summary>
internal sealed class NodeDirectory(ControlPlaneOptions options, TimeProvider time)
{
    public async Task<IReadOnlyList<NodeMessage>> ListAsync(ControlPlaneContext database, CancellationToken cancellation)
    {
        var newest = await database.PolicyVersions.AsNoTracking().OrderByDescending(version => version.Version).FirstOrDefaultAsync(cancellation);
        var nodes = await database.Nodes.AsNoTracking().OrderBy(node => node.Name).ToListAsync(cancellation);
        var access = await database.Counters.Where(counter => counter.Name == CounterNames.Access).Select(counter => counter.Value).SingleAsync(cancellation);
        return [.. nodes.Select(node => Describe(node, newest, access))];
    }

    private NodeMessage Describe(NodeRow node, PolicyVersion? newest, long access)
    {
        var now = time.GetUtcNow();
        var state = StateOf(node, newest, now);
        return new NodeMessage
        {
            Name = node.Name,
            Region = node.Region,
            State = state,
            Version = (ulong)node.EnforcedVersion,
            Digest = Digests.Text(node.EnforcedDigest),
            ManifestDigest = Digests.Text(node.EnforcedManifest),
            Desired = (ulong)(newest?.Version ?? 0),
            Reason = ReasonOf(node, newest),
            LastSeenAt = Timestamp.FromDateTimeOffset(node.LastSeenAt),
            LagSeconds = Enforces(node, newest) ? 0 : Math.Max(0, (now - newest!.PublishedAt).TotalSeconds),
            SpoolDepth = (ulong)node.SpoolDepth,
            Build = node.Build,
            AccessSequence = (ulong)node.AccessSequence,
            Epoch = (ulong)node.Epoch,
            DesiredAccessSequence = (ulong)access,
        };
    }

    private string StateOf(NodeRow node, PolicyVersion? newest, DateTimeOffset now)
    {
        // Two beats may be lost, and one may be late.
        if (now - node.LastSeenAt > options.HeartbeatInterval * 2.5)
        {
            return "away";
        }

        return Enforces(node, newest) ? "current" : node.NackedVersion == newest?.Version ? "nacked" : "behind";
    }

    private static string ReasonOf(NodeRow node, PolicyVersion? newest)
    {
        if (node.NackedVersion is { } nacked && nacked == newest?.Version)
        {
            return node.NackReason ?? "";
        }

        return node.EnforcedVersion == newest?.Version && !Enforces(node, newest)
            ? $"drift: it enforces {Digests.Text(node.EnforcedDigest)} as version {node.EnforcedVersion}"
            : "";
    }

    private static bool Enforces(NodeRow node, PolicyVersion? newest) =>
        newest is null || (node.EnforcedVersion == newest.Version && node.EnforcedDigest.AsSpan().SequenceEqual(newest.Digest));
}
