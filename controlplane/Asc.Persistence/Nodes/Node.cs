namespace Asc.Persistence.Nodes;

/// <summary>A node as it was last heard of. Only the stream that the node holds writes it.</summary>
public sealed class Node
{
    public required string Name { get; init; }

    public required string Region { get; set; }

    /// <summary>Whose token it first came with; its name is theirs from then on.</summary>
    public required string Pool { get; init; }

    public required string Build { get; set; }

    public required long Epoch { get; set; }

    public required DateTimeOffset LastSeenAt { get; set; }

    public required long EnforcedEpoch { get; set; }

    public required long EnforcedVersion { get; set; }

    public required byte[] EnforcedDigest { get; set; }

    public required byte[] EnforcedManifest { get; set; }

    public required long AccessEpoch { get; set; }

    public required long AccessSequence { get; set; }

    /// <summary>The epoch in which it had more than this database, which therefore was restored from a backup.</summary>
    public long? AheadInEpoch { get; set; }

    public long SpoolDepth { get; set; }

    /// <summary>What it knows of its deployments: a serialized asc.distribution.v1.DeploymentHealthList.</summary>
    public byte[]? DeploymentHealth { get; set; }

    /// <summary>The version that it refused; not offered again.</summary>
    public long? NackedVersion { get; set; }

    public string? NackReason { get; set; }
}
