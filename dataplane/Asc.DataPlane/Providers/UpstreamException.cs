namespace Asc.DataPlane.Providers;

/// <summary>Why a call to a provider came to nothing, or to half an answer.</summary>
internal enum UpstreamFailure
{
    None,
    /// <summary>It would have left what policy permits.</summary>
    Refused,
    /// <summary>No connection came about.</summary>
    Unreachable,
    /// <summary>Nothing came in time.</summary>
    TimedOut,
    /// <summary>Nobody waits for the answer any more.</summary>
    ClientLeft,
    /// <summary>The connection ended before the answer did.</summary>
    Cut,
    /// <summary>What came is not HTTP.</summary>
    Malformed,
}

/// <summary>A call to a provider that failed.</summary>
internal sealed class UpstreamException(UpstreamFailure failure, string message, Exception? cause = null) : IOException(message, cause)
{
    public UpstreamFailure Failure { get; } = failure;
}
