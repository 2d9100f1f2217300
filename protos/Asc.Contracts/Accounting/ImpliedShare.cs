namespace Asc.Contracts.Accounting;

/// <summary>
/// What a node may use of a limit that nobody has assigned: its part of the half that is divided evenly, so that a node of many tenants needs
/// no entry for each. Both planes reckon it alike.
/// </summary>
public static class ImpliedShare
{
    /// <summary>All of it.</summary>
    public const long WholePart = 1_000_000;

    /// <param name="limit">Of all nodes together.</param>
    /// <param name="part">Millionths.</param>
    /// <param name="smallest">Fewer units let nothing through.</param>
    public static long Of(long limit, long part, long smallest)
    {
        var units = (long)((UInt128)Math.Max(0, limit / 2) * (UInt128)Math.Clamp(part, 0, WholePart) / WholePart);
        return units >= smallest ? units : 0;
    }

    /// <summary>The same, rounded up, and however little it is: no lower limit leaves a node a larger part of itself.</summary>
    public static long AtMost(long limit, long part) => (long)(((UInt128)limit * (UInt128)Math.Clamp(part, 0, WholePart) + (2 * WholePart) - 1) / (2 * WholePart));

    /// <summary>Whether it is more than so many units, however small both are.</summary>
    public static bool IsMoreThan(long units, long limit, long part) => (UInt128)units * (2 * WholePart) < (UInt128)limit * (UInt128)part;
}
