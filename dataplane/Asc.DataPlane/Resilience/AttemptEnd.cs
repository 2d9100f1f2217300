using Asc.Policy.Documents;

namespace Asc.DataPlane.Resilience;

/// <summary>How an attempt ended.</summary>
internal enum AttemptEnd
{
    /// <summary>With an answer, or the first token of a stream.</summary>
    Answered,

    /// <summary>The request itself is at fault: nobody else would take it.</summary>
    Rejected,

    /// <summary>The request holds what was thought in earlier turns, and this target can't read it: it is asked without.</summary>
    ForeignReasoning,

    /// <summary>It can't be said in this target's protocol, and nothing was sent.</summary>
    Untranslatable,

    /// <summary>Status 429.</summary>
    RateLimited,

    /// <summary>Status 5xx, no connection, or one that broke; an answer that is none.</summary>
    ServerError,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Not until somebody mends it: the credential or the address is refused, or the account has no money left.</summary>
    Misconfigured,

    /// <summary>Status 403: the account may not do what was asked for. Whose doing that is, nobody can tell, and so one client's requests must not speak for all.</summary>
    Forbidden,

    /// <summary>With more than the node takes of one answer: it has been paid for, and would be no shorter elsewhere.</summary>
    TooLarge,

    /// <summary>Nobody waits for the answer any more.</summary>
    Abandoned,
}

/// <summary>What follows from an attempt's end.</summary>
internal static class AttemptEnds
{
    /// <summary>Whether another target may still serve the request.</summary>
    public static bool LeavesHope(this AttemptEnd end) => end is AttemptEnd.RateLimited or AttemptEnd.ServerError or AttemptEnd.TimedOut or AttemptEnd.Misconfigured or AttemptEnd.Forbidden or AttemptEnd.Untranslatable;

    /// <summary>Whether it speaks against the deployment: one that limits rates is well.</summary>
    public static bool SpeaksAgainstDeployment(this AttemptEnd end) => end is AttemptEnd.ServerError or AttemptEnd.TimedOut or AttemptEnd.Misconfigured;

    /// <summary>What a route may have tried again.</summary>
    public static RetryableFailures AsRetryable(this AttemptEnd end) => end switch
    {
        AttemptEnd.RateLimited => RetryableFailures.RateLimit,
        AttemptEnd.ServerError => RetryableFailures.ServerError,
        AttemptEnd.TimedOut => RetryableFailures.Timeout,
        _ => RetryableFailures.None,
    };
}
