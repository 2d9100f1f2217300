using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire;

/// <summary>The provider's own words in an error's body.</summary>
internal static class ErrorMessage
{
    private const int LongestName = 64;

    /// <summary>What <c>error</c> says, where OpenAI and Anthropic have it.</summary>
    public static ProviderComplaint Nested(ReadOnlySpan<byte> body) => Of(body, static root => root.Member("error"u8), static error => error.Member("message"u8).AsText());

    /// <summary>What the element that <paramref name="find"/> finds says; nothing where the body is no JSON.</summary>
    public static ProviderComplaint Of(ReadOnlySpan<byte> body, Func<JsonElement, JsonElement> find, Func<JsonElement, string?> message)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var error = find(document.RootElement);
            return new(AccountWords.Remove(message(error)), Name(error.Member("code"u8)), Name(error.Member("type"u8)), Name(error.Member("param"u8)));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>Null where it is no string.</summary>
    public static string? AsText(this JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>What stands in <c>detail</c>, as a framework for Python writes it: a sentence, or a list of problems with their places. What a client sent is not repeated.</summary>
    public static string? OfDetail(JsonElement detail) => detail.ValueKind switch
    {
        JsonValueKind.String => detail.GetString(),
        JsonValueKind.Array => string.Join("; ", detail.EnumerateArray().Select(OfProblem).OfType<string>()) is { Length: > 0 } all ? all : null,
        _ => null,
    };

    private static string? OfProblem(JsonElement problem)
    {
        if (problem.Member("msg"u8) is not { ValueKind: JsonValueKind.String } message)
        {
            return null;
        }

        var place = problem.Member("loc"u8) is { ValueKind: JsonValueKind.Array } steps ? string.Join('.', steps.EnumerateArray().Select(static step => step.ToString())) : "";
        return place.Length > 0 ? $"{place}: {message.GetString()}" : message.GetString();
    }

    private static string? Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String when element.GetString() is { Length: > 0 and <= LongestName } name => AccountWords.Remove(name),
        JsonValueKind.Number => element.GetRawText() is { Length: <= LongestName } number ? number : null,
        _ => null,
    };
}
