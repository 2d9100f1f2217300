using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire;

/// <summary>
/// What a provider's refusal means to the client. Only where the request itself is at fault are the provider's words passed on: elsewhere
/// they speak of the operator's account, not of the client's request.
/// </summary>
internal static class ProviderErrors
{
    /// <param name="isOwnProtocol">Whether the provider was sent the client's own request, so that it names the client's own fields.</param>
    public static GatewayError Of(string provider, int status, in ProviderComplaint complaint, bool isOwnProtocol, TimeSpan? retryAfter) => status switch
    {
        _ when complaint.IsOfBilling(status) =>
            new(ErrorCode.ProviderError, $"{provider} has no credit or quota left for this gateway's account ({status}). Tell your platform team.") { LastsUntilMended = true, ProviderCode = complaint.Code ?? complaint.Type },
        400 or 404 or 413 or 422 when !complaint.IsOfCredential => Rejection(provider, status, complaint) with { Parameter = isOwnProtocol ? complaint.Parameter : null, ProviderCode = complaint.Code },
        429 => new(ErrorCode.ProviderRateLimited, 429, $"{provider} limits the rate of requests.", RetryAfter: retryAfter),
        408 or 504 => new(ErrorCode.ProviderTimeout, $"{provider} timed out ({status}).") { RetryAfter = retryAfter },
        403 => new(ErrorCode.ProviderError, $"{provider} does not permit this gateway's account what was asked for (403). Tell your platform team.") { LastsUntilMended = true },
        400 or 401 or 404 or 413 or 422 => new(ErrorCode.ProviderError, $"{provider} refused this gateway's credential ({status}). Tell your platform team.") { LastsUntilMended = true },
        _ when status == 529 || complaint.IsOfOverload => new(ErrorCode.ProviderError, $"{provider} is overloaded ({status}).") { RetryAfter = retryAfter, IsOverload = true },
        _ => new(ErrorCode.ProviderError, $"{provider} failed ({status}).") { RetryAfter = retryAfter },
    };

    // Clients that shorten their conversation look for the code, Anthropic's for "prompt is too long".
    private static GatewayError Rejection(string provider, int status, in ProviderComplaint complaint) => complaint.IsOfLength
        ? new(ErrorCode.ContextLengthExceeded, $"The prompt is too long for {provider}: {complaint.Message ?? "it did not say by how much"}")
        : new(ErrorCode.ProviderRejected, status, $"{provider} refused the request ({status}): {complaint.Message ?? "it did not say why"}");
}
