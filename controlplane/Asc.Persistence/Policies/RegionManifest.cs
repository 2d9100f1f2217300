namespace Asc.Persistence.Policies;

/// <summary>What a region is told of a version: the signed bytes, exactly as sent.</summary>
public sealed class RegionManifest
{
    public required long Version { get; init; }

    public required string Region { get; init; }

    public required byte[] Manifest { get; init; }

    public required string KeyId { get; init; }

    public required byte[] Signature { get; init; }
}
