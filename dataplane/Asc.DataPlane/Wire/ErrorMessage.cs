using System.Text.Json;

namespace Asc.DataPlane.Wire;

/// <summary>The provider's own words in an error's body.</summary>
internal static class ErrorMessage
{
    private const int Longest = 1000;

    /// <summary>The value of <c>error.message</c>, where OpenAI and Anthropic have it; null where there is none.</summary>
    public static string? Nested(ReadOnlySpan<byte> body)
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
            return message?.Length > Longest ? message[..Longest] : message;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
