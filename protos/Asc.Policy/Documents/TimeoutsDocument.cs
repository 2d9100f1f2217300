namespace Asc.Policy.Documents;

/// <summary>How long a caller waits for a provider; null: as the one that is asked next says.</summary>
/// <param name="Connect">For a connection.</param>
/// <param name="FirstToken">From the request to the first token of a stream.</param>
/// <param name="Idle">Between two events of a stream.</param>
/// <param name="Total">From the request to the end of its answer.</param>
public sealed record TimeoutsDocument(TimeSpan? Connect = null, TimeSpan? FirstToken = null, TimeSpan? Idle = null, TimeSpan? Total = null)
{
    /// <summary>Says nothing.</summary>
    public static TimeoutsDocument None { get; } = new();
}
