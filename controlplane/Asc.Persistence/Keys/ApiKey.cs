namespace Asc.Persistence.Keys;

/// <summary>A key that an application calls with; of the secret only the hash.</summary>
public sealed class ApiKey : IRevised
{
    public required string Id { get; init; }

    public required string TenantPath { get; init; }

    public required string TenantId { get; init; }

    public required string Name { get; init; }

    public required byte[] SecretSha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The patterns that it is narrowed to; empty: all that its tenant may use.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The tags that it is bound to, as "key=value".</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The workloads that it is narrowed to; empty: all that its tenant takes.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <summary>What all its data is of.</summary>
    public IReadOnlyList<string> DataClasses { get; init; } = [];

    public required string Owner { get; init; }

    /// <summary>Null: not limited, beside what limits its tenant.</summary>
    public long? RequestsPerMinute { get; init; }

    public long? TokensPerMinute { get; init; }

    public long? ConcurrentRequests { get; init; }

    /// <summary>The key that a rotation put in its place; empty where none did.</summary>
    public string ReplacedBy { get; set; } = "";

    /// <summary>Of the serialized KeyGrant; null where the key narrows nothing.</summary>
    public byte[]? GrantSha256 { get; init; }

    /// <summary>Approximate: not every request is written.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public long Revision { get; set; }
}
