namespace Asc.Persistence.Rates;

/// <summary>What a node holds of one limit, instead of its implied share.</summary>
public sealed class RateHolding
{
    public required string Limit { get; init; }

    public required string Node { get; init; }

    /// <summary>The most that it may believe.</summary>
    public required long Units { get; set; }

    /// <summary>If it is not heard of again, until when it may use them.</summary>
    public required DateTimeOffset Until { get; set; }

    public required long Wanted { get; set; }

    /// <summary>The limit, as the node knows it; 0: it has not met it.</summary>
    public required long Value { get; set; }

    public required long Smallest { get; set; }

    /// <summary>When it last gave something up.</summary>
    public required DateTimeOffset LoweredAt { get; set; }

    /// <summary>Whether it is to tell of it.</summary>
    public required bool Called { get; set; }
}
