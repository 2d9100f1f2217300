namespace Asc.ControlPlane.Rates;

/// <summary>The spans that the division rests on. Whoever changes one must see that their sum still fits: <see cref="Quiet"/> + <see cref="Life"/> &lt; <see cref="Promise"/>.</summary>
internal static class ShareTimes
{
    /// <summary>How long what is assigned may be used, after the account was sent that asked for it.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    /// <summary>For clocks of several control planes that differ, and one that was set.</summary>
    public static readonly TimeSpan Allowance = TimeSpan.FromSeconds(5);

    /// <summary>A member that wasn't heard of for so long may be on its own: its implied shares count again.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>How long a node that hears nothing does without the implied shares that it gave up.</summary>
    public static readonly TimeSpan Promise = TimeSpan.FromSeconds(20);

    /// <summary>After so long a member that is away is given up, and its part goes to the others.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    /// <summary>How long a node is the first to get what can't be divided evenly: the bucket that changes hands is empty, and ten seconds pass until it lets one through.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(60);

    /// <summary>The same of slots, which are free as soon as a request ends.</summary>
    public static readonly TimeSpan TurnOfSlots = TimeSpan.FromSeconds(5);

    /// <summary>A bucket is full again after so long, so what was free for it comes with its burst.</summary>
    public static readonly TimeSpan Refilled = TimeSpan.FromSeconds(10);
}
