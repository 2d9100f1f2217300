using System.Text.Json;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// What a provider's refusal means to the client. Only where the request itself is at fault are the provider's words passed on: elsewhere
/// they speak of the operator's account, not of the client's request.
/// </summary>
internal static class UpstreamErrorReader
{
    private const int MessageMaximum = 1000;

    public static GatewayError Read(string provider, int status, ReadOnlySpan<byte> body, TimeSpan? retryAfter) => status switch
    {
        400 or 404 or 413 or 422 => new(
            ErrorCode.ProviderRejected, status, $"{provider} refused the request ({status}): {Message(body) ?? "it did not say why"}"),
        429 => new(ErrorCode.ProviderRateLimited, 429, $"{provider} limits the rate of requests.", RetryAfter: retryAfter),
        408 or 504 => new(ErrorCode.ProviderTimeout, $"{provider} timed out ({status})."),
        401 or 403 => new(ErrorCode.ProviderError, $"{provider} refused this gateway's credential ({status}). Tell your platform team.") { LastsUntilMended = true },
        _ => new(ErrorCode.ProviderError, $"{provider} failed ({status})."),
    };

    private static string? Message(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var message = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("message", out var text)
                && text.ValueKind == JsonValueKind.String
                    ? text.GetString()
                    : null;
            return message?.Length > MessageMaximum ? message[..MessageMaximum] : message;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
