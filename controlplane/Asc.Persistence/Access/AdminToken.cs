namespace Asc.Persistence.Access;

/// <summary>What an admin calls with; the name is the record's <em>who</em>.</summary>
public sealed class AdminToken : IRevised
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public long Revision { get; set; }
}
