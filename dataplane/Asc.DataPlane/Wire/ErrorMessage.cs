using System.Text.Json;

namespace Asc.DataPlane.Wire;

/// <summary>The provider's own words in an error's body.</summary>
internal static class ErrorMessage
{
    private const int Longest = 1000;

    /// <summary>The value of <c>error.message</c>, where OpenAI and Anthropic have it; null where there is none.</summary>
    public static string? Nested(ReadOnlySpan<byte> body) => Of(body, static root =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("error", out var error)
        && error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("message", out var text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null);

    /// <summary>What <paramref name="find"/> finds, shortened where it is long; null where the body is no JSON.</summary>
    public static string? Of(ReadOnlySpan<byte> body, Func<JsonElement, string?> find)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var message = find(document.RootElement);
            return message?.Length > Longest ? message[..Longest] : message;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
