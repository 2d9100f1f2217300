namespace Asc.Policy.Decisions;

/// <summary>
/// Every way in which a request can end other than well. Closed: HTTP status, error body, metric label and record field
/// all come from <see cref="ErrorCodes"/>.
/// </summary>
public enum ErrorCode
{
    /// <summary>Nothing is wrong.</summary>
    None,

    InvalidRequest,
    UnsupportedFeature,
    ContextLengthExceeded,
    TagRequired,
    TagNotAllowed,

    InvalidApiKey,
    KeyExpired,
    KeyRevoked,

    ModelNotAllowed,
    ResidencyViolation,
    AttestationRequired,
    WorkloadNotAllowed,
    TenantSuspended,

    /// <summary>Too much per minute.</summary>
    RateLimited,

    /// <summary>Too much at once.</summary>
    ConcurrencyLimited,

    ModelNotFound,
    NotFound,
    MethodNotAllowed,
    RequestTooLarge,
    UriTooLong,
    HeadersTooLarge,
    UnsupportedMediaType,

    /// <summary>The provider found fault with the request itself; its status is kept.</summary>
    ProviderRejected,
    ProviderRateLimited,
    ProviderError,
    ProviderTimeout,

    NotReady,
    NoHealthyTarget,
    InternalError,

    /// <summary>The client left; nobody reads the answer.</summary>
    ClientClosedRequest,

    /// <summary>The client sent its request too slowly.</summary>
    RequestTimeout,

    /// <summary>The answer is longer than the node takes, or a stream in translation would have more of it kept until its end than the node keeps.</summary>
    AnswerTooLarge,
}
