namespace Asc.Persistence.Keys;

/// <summary>The newest state of one key, tenant switch, model switch or provider switch, at its place in the access sequence.</summary>
public sealed class AccessSubject
{
    /// <summary>key | tenant | model | provider.</summary>
    public required string Kind { get; init; }

    public required string SubjectId { get; init; }

    public required long Sequence { get; set; }

    /// <summary>Whether it withholds something: a revoked key, a suspended tenant, a disabled model or provider.</summary>
    public required bool Withheld { get; set; }

    /// <summary>A serialized asc.distribution.v1.AccessEntry.</summary>
    public required byte[] Entry { get; set; }
}
