namespace Asc.Persistence;

/// <summary>
/// A number that only grows. It is raised in the transaction of what it numbers, and its row stays locked until the commit:
/// so the order of the numbers is the order of the commits, and whoever has read n has everything up to n.
/// </summary>
public sealed class Counter
{
    /// <summary>One of <see cref="CounterNames"/>.</summary>
    public required string Name { get; init; }

    public long Value { get; set; }
}

/// <summary>The counters, in the order in which one transaction may raise several.</summary>
public static class CounterNames
{
    /// <summary>How often the draft or the versions were changed; its row is the lock of both.</summary>
    public const string Policy = "policy";

    /// <summary>The newest number of the access sequence; its row is the lock of keys and switches.</summary>
    public const string Access = "access";

    /// <summary>How often tokens were changed.</summary>
    public const string Tokens = "tokens";

    /// <summary>The newest position in the timeline, of requests and admin records together.</summary>
    public const string Timeline = "timeline";

    /// <summary>How often rate limits were divided; its row is the lock of members and holdings.</summary>
    public const string Rates = "rates";

    /// <summary>Of policy and access: raised when the database was restored from a backup, whose other counters are behind what nodes have seen.</summary>
    public const string Epoch = "epoch";
}
