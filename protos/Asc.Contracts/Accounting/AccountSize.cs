namespace Asc.Contracts.Accounting;

/// <summary>How much one account tells.</summary>
public static class AccountSize
{
    /// <summary>Limits in one account. A node that has more to tell tells of the others next time: what it doesn't speak of lapses, and is believed until then.</summary>
    public const int MaximumLimits = 10_000;
}
