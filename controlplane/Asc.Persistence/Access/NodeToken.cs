namespace Asc.Persistence.Access;

/// <summary>What the nodes of one pool in one region call with.</summary>
public sealed class NodeToken : IRevised
{
    public required string Id { get; init; }

    public required string Pool { get; init; }

    public required string Region { get; init; }

    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public long Revision { get; set; }
}
