namespace Asc.Persistence.Policies;

/// <summary>A resource as it would be published.</summary>
public sealed class DraftResource
{
    public required string Kind { get; init; }

    /// <summary>The name; a tenant's path.</summary>
    public required string Name { get; init; }

    /// <summary>A serialized asc.policy.v1.Resource, deterministic.</summary>
    public required byte[] Content { get; set; }

    public required byte[] Sha256 { get; set; }

    /// <summary>A serialized asc.admin.v1.ResourceSource: where it is written; null: unknown.</summary>
    public byte[]? Source { get; set; }
}
