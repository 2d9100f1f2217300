namespace Asc.Policy.Decisions;

/// <summary>What an <see cref="ErrorCode"/> is on the wire.</summary>
/// <param name="Name">The code that clients, records and metrics see.</param>
/// <param name="Status">The HTTP status (RFC 9110).</param>
/// <param name="OpenAiType">The <c>type</c> of an OpenAI error body.</param>
/// <param name="AnthropicType">The <c>type</c> of an Anthropic error.</param>
/// <param name="RetryMayHelp">Whether the same request may succeed later without anyone's doing.</param>
public sealed record ErrorDescription(string Name, int Status, string OpenAiType, string AnthropicType, bool RetryMayHelp);

/// <summary>The one table from which status, body, label and record field are derived.</summary>
public static class ErrorCodes
{
    private const string Invalid = "invalid_request_error";
    private const string Permission = "permission_error";
    private const string Authentication = "authentication_error";
    private const string RateLimit = "rate_limit_error";
    private const string Server = "server_error";

    private static readonly ErrorDescription[] Table = Build();

    /// <summary>The description of <paramref name="code"/>; of <see cref="ErrorCode.None"/> an empty name and status 200.</summary>
    public static ErrorDescription Describe(this ErrorCode code) => Table[(int)code];

    /// <summary>The code's name on the wire; empty for <see cref="ErrorCode.None"/>.</summary>
    public static string WireName(this ErrorCode code) => Table[(int)code].Name;

    private static ErrorDescription[] Build()
    {
        var table = new ErrorDescription[Enum.GetValues<ErrorCode>().Length];
        foreach (var code in Enum.GetValues<ErrorCode>())
        {
            table[(int)code] = code switch
            {
                ErrorCode.None => new("", 200, "", "", false),
                ErrorCode.InvalidRequest => new("invalid_request", 400, Invalid, Invalid, false),
                ErrorCode.ContextLengthExceeded => new("context_length_exceeded", 400, Invalid, Invalid, false),
                ErrorCode.UnsupportedFeature => new("unsupported_feature", 400, Invalid, Invalid, false),
                ErrorCode.TagRequired => new("tag_required", 400, Invalid, Invalid, false),
                ErrorCode.TagNotAllowed => new("tag_not_allowed", 400, Invalid, Invalid, false),
                ErrorCode.InvalidApiKey => new("invalid_api_key", 401, Authentication, Authentication, false),
                ErrorCode.KeyExpired => new("key_expired", 401, Authentication, Authentication, false),
                ErrorCode.KeyRevoked => new("key_revoked", 401, Authentication, Authentication, false),
                ErrorCode.ModelNotAllowed => new("model_not_allowed", 403, Permission, Permission, false),
                ErrorCode.ResidencyViolation => new("residency_violation", 403, Permission, Permission, false),
                ErrorCode.AttestationRequired => new("attestation_required", 403, Permission, Permission, false),
                ErrorCode.WorkloadNotAllowed => new("workload_not_allowed", 403, Permission, Permission, false),
                ErrorCode.TenantSuspended => new("tenant_suspended", 403, Permission, Permission, false),
                ErrorCode.RateLimited => new("rate_limited", 429, RateLimit, RateLimit, true),
                ErrorCode.ConcurrencyLimited => new("concurrency_limited", 429, RateLimit, RateLimit, true),
                ErrorCode.ModelNotFound => new("model_not_found", 404, Invalid, "not_found_error", false),
                ErrorCode.NotFound => new("not_found", 404, Invalid, "not_found_error", false),
                ErrorCode.MethodNotAllowed => new("method_not_allowed", 405, Invalid, Invalid, false),
                ErrorCode.RequestTooLarge => new("request_too_large", 413, Invalid, "request_too_large", false),
                ErrorCode.UriTooLong => new("uri_too_long", 414, Invalid, Invalid, false),
                ErrorCode.HeadersTooLarge => new("headers_too_large", 431, Invalid, Invalid, false),
                ErrorCode.UnsupportedMediaType => new("unsupported_media_type", 415, Invalid, Invalid, false),
                ErrorCode.ProviderRejected => new("provider_rejected", 400, Invalid, Invalid, false),
                ErrorCode.ProviderRateLimited => new("provider_rate_limited", 429, RateLimit, RateLimit, true),
                ErrorCode.ProviderError => new("provider_error", 502, Server, "api_error", true),
                ErrorCode.ProviderTimeout => new("provider_timeout", 504, Server, "timeout_error", true),
                ErrorCode.NotReady => new("not_ready", 503, Server, "overloaded_error", true),
                ErrorCode.NoHealthyTarget => new("no_healthy_target", 503, Server, "overloaded_error", true),
                ErrorCode.InternalError => new("internal_error", 500, Server, "api_error", false),
                ErrorCode.RequestTimeout => new("request_timeout", 408, Invalid, "timeout_error", true),
                ErrorCode.AnswerTooLarge => new("answer_too_large", 502, Server, "api_error", false),
                ErrorCode.ClientClosedRequest => new("client_closed_request", 499, Invalid, Invalid, false),
                _ => throw new InvalidOperationException($"{code} has no description"),
            };
        }

        return table;
    }
}
