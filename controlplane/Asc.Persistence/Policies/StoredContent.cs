namespace Asc.Persistence.Policies;

/// <summary>Bytes by their digest: resources of published versions, and key grants.</summary>
public sealed class StoredContent
{
    public required byte[] Sha256 { get; init; }

    public required byte[] Bytes { get; init; }
}
