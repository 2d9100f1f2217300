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

    /// <summary>
    /// The same part of another value of the limit, rounded up. Nodes adopt a policy version one after the other, and what they hold is a part
    /// of the limit that each of them enforces.
    /// </summary>
    public long UnitsOf(long value) => Value is 0 || Value == value ? Units : (long)(((UInt128)Units * (UInt128)value + (UInt128)Value - 1) / (UInt128)Value);

    /// <summary>When it last gave something up.</summary>
    public required DateTimeOffset LoweredAt { get; set; }

    /// <summary>Whether it is to tell of it.</summary>
    public required bool Called { get; set; }
}
