namespace Asc.Persistence.Rates;

/// <summary>A node that shares the rate limits, and what it may believe to hold of the implied shares.</summary>
public sealed class RateMember
{
    public required string Node { get; init; }

    public required long Boot { get; set; }

    /// <summary>The newest operation that was done.</summary>
    public required long Operation { get; set; }

    /// <summary>Millionths: the most that it may believe.</summary>
    public required long Part { get; set; }

    /// <summary>When it was last answered.</summary>
    public required DateTimeOffset AnsweredAt { get; set; }

    /// <summary>When it was answered and is known to have heard it.</summary>
    public required DateTimeOffset HeardAt { get; set; }
}
