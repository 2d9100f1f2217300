using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Distribution;
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
        var counters = await database.Counters.Where(counter => counter.Name == CounterNames.Access || counter.Name == CounterNames.Epoch)
            .ToDictionaryAsync(counter => counter.Name, counter => counter.Value, cancellation);
        return [.. nodes.Select(node => Describe(node, newest, counters[CounterNames.Access], counters[CounterNames.Epoch]))];
    }

    private NodeMessage Describe(NodeRow node, PolicyVersion? newest, long access, long epoch)
    {
        var now = time.GetUtcNow();
        var enforces = Enforces(node, newest, epoch);
        return new NodeMessage
        {
            Name = node.Name,
            Region = node.Region,
            State = StateOf(node, newest, enforces, now),
            Version = (ulong)node.EnforcedVersion,
            Digest = Digests.Text(node.EnforcedDigest),
            ManifestDigest = Digests.Text(node.EnforcedManifest),
            Desired = (ulong)(newest?.Version ?? 0),
            Reason = ReasonOf(node, newest, enforces, epoch),
            LastSeenAt = Timestamp.FromDateTimeOffset(node.LastSeenAt),
            LagSeconds = enforces || newest is null ? 0 : Math.Max(0, (now - newest.PublishedAt).TotalSeconds),
            SpoolDepth = (ulong)node.SpoolDepth,
            Build = node.Build,
            AccessSequence = (ulong)node.AccessSequence,
            Epoch = (ulong)node.Epoch,
            DesiredAccessSequence = (ulong)access,
            AccessEpoch = (ulong)node.AccessEpoch,
            DesiredEpoch = (ulong)epoch,
            Deployments = { DeploymentHealthList.Parser.ParseFrom(node.DeploymentHealth ?? []).Deployments.Select(Describe) },
            OtherHistory = AheadNodes.IsAhead(node, epoch) || node.EnforcedEpoch != newest?.Epoch,
        };
    }

    private static NodeDeployment Describe(DeploymentHealth health) => new()
    {
        Provider = health.Provider,
        UpstreamModel = health.UpstreamModel,
        Region = health.Region,
        Circuit = health.Circuit,
        Resting = health.Resting,
        InFlight = health.InFlight,
        Calls = health.Calls,
        Failures = health.Failures,
        FirstTokenMs = health.FirstTokenMs,
        AnswerMs = health.AnswerMs,
    };

    private string StateOf(NodeRow node, PolicyVersion? newest, bool enforces, DateTimeOffset now)
    {
        // Two beats may be lost, and one may be late.
        if (now - node.LastSeenAt > options.HeartbeatInterval * 2.5)
        {
            return "away";
        }

        return enforces ? "current" : newest is not null && node.NackedVersion == newest.Version ? "nacked" : "behind";
    }

    private static string ReasonOf(NodeRow node, PolicyVersion? newest, bool enforces, long epoch)
    {
        if (AheadNodes.IsAhead(node, epoch))
        {
            return AheadNodes.Reason(node, epoch);
        }

        if (node.NackedVersion is { } nacked && nacked == newest?.Version)
        {
            return node.NackReason ?? "";
        }

        return !enforces && (node.EnforcedEpoch, node.EnforcedVersion) == (newest?.Epoch, newest?.Version) && !HasContentOf(node, newest)
            ? $"drift: it enforces {Digests.Text(node.EnforcedDigest)} as version {node.EnforcedVersion}"
            : "";
    }

    // Its keys and switches, too, are this epoch's: their numbers are for readers to compare.
    private static bool Enforces(NodeRow node, PolicyVersion? newest, long epoch) =>
        !AheadNodes.IsAhead(node, epoch) && node.AccessEpoch == epoch
        && (newest is null || ((node.EnforcedEpoch, node.EnforcedVersion) == (newest.Epoch, newest.Version) && HasContentOf(node, newest)));

    private static bool HasContentOf(NodeRow node, PolicyVersion? version) => version is not null && node.EnforcedDigest.AsSpan().SequenceEqual(version.Digest);
}
