namespace Asc.Policy.Documents;

/// <summary>How long to wait for a provider; null: as the one that is asked next says.</summary>
/// <param name="Connect">Until there is a connection.</param>
/// <param name="FirstToken">Until the first of the answer.</param>
/// <param name="Idle">Between one piece of the answer and the next.</param>
/// <param name="Total">For all of it.</param>
public sealed record TimeoutsDocument(TimeSpan? Connect = null, TimeSpan? FirstToken = null, TimeSpan? Idle = null, TimeSpan? Total = null)
{
    /// <summary>Says nothing.</summary>
    public static TimeoutsDocument None { get; } = new();
}
