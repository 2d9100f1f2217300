using System.Text.Encodings.Web;
using System.Text.Json;

namespace Asc.Simulator.OpenAi;

/// <summary>How the API reads and writes JSON.</summary>
internal static class OpenAiJson
{
    /// <summary>As the API does: text stays UTF-8 instead of becoming <c>\u</c> escapes.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
