namespace Asc.Persistence.Policies;

/// <summary>A published version: immutable.</summary>
public sealed class PolicyVersion
{
    public required long Version { get; init; }

    /// <summary>0: the first has none.</summary>
    public required long Parent { get; init; }

    public required long Epoch { get; init; }

    public required string Author { get; init; }

    public required string Message { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>SHA-256 over the list of its resources.</summary>
    public required byte[] Digest { get; init; }

    public required long? RollbackOf { get; init; }

    /// <summary>A serialized asc.distribution.v1.Manifest without region that lists every resource; each one's bytes are in <see cref="StoredContent"/>.</summary>
    public required byte[] Resources { get; init; }

    /// <summary>A serialized asc.admin.v1.ResourceSources: where its resources were written; null: unknown. For people, and no part of the digest.</summary>
    public required byte[]? Sources { get; init; }
}
