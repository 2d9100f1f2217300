using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Asc.Simulator.Wire;

/// <summary>How the providers' APIs read and write JSON.</summary>
internal static class WireJson
{
    /// <summary>As the APIs do: text stays UTF-8 instead of becoming <c>\u</c> escapes.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null if it is not JSON, or holds a string that is no text.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            ReadStrings(body.Span);
            return JsonDocument.Parse(body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // The parser takes bytes that are not UTF-8, and halves of surrogate pairs, and fails once somebody reads them.
    private static void ReadStrings(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && (reader.ValueIsEscaped || !Ascii.IsValid(reader.ValueSpan)))
            {
                _ = reader.GetString();
            }
        }
    }

    /// <summary>Optionals may be null on the wire, which means absent.</summary>
    public static bool TryGetPresent(this JsonElement element, string name, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    public static string? TextOf(this JsonElement element, string name) =>
        element.TryGetPresent(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool IsTrue(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static bool IsFalse(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.False;
}
