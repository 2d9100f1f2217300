namespace Asc.Policy.Documents;

/// <summary>Calls to one deployment, before the next target is asked.</summary>
/// <param name="Attempts">How many calls a deployment gets; 1: no retry.</param>
/// <param name="On">What is tried again.</param>
public sealed record RetryDocument(int Attempts, RetryableFailures On)
{
    /// <summary>The most calls that a deployment may get for one request.</summary>
    public const int MaximumAttempts = 5;

    /// <summary>
    /// Where a route says nothing, and for models that are asked for by name. A timed-out call may have been served, and paid for: it is not made again.
    /// </summary>
    public static RetryDocument Default { get; } = new(2, RetryableFailures.RateLimit | RetryableFailures.ServerError);
}

/// <summary>The failures of a provider that another call may mend.</summary>
[Flags]
public enum RetryableFailures
{
    None = 0,

    /// <summary>Status 429.</summary>
    RateLimit = 1,

    /// <summary>Status 5xx, no connection, or one that broke before the answer.</summary>
    ServerError = 2,

    /// <summary>No answer in time.</summary>
    Timeout = 4,
}
