namespace Asc.Persistence.Policies;

/// <summary>The one draft; its revision is what <c>apply</c> may expect.</summary>
public sealed class Draft : IRevised
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    public required int Id { get; init; }

    public long Revision { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }
}
