using System.Globalization;
using System.Text.Json;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Checks the value at a path; null: it is fine.</summary>
internal delegate AnthropicError? ValueRule(string path, JsonElement value);

/// <summary>The rules that fields share, in the words of the API's validator.</summary>
internal static class ValueRules
{
    public static AnthropicError? Any(string path, JsonElement value) => null;

    public static AnthropicError? Text(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? null : AnthropicError.At(path, "Input should be a valid string");

    public static AnthropicError? Flag(string path, JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : AnthropicError.At(path, "Input should be a valid boolean");

    public static AnthropicError? Object(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? null : AnthropicError.At(path, "Input should be a valid dictionary");

    public static AnthropicError? Array(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? null : AnthropicError.At(path, "Input should be a valid list");

    public static ValueRule Integer(long min) => (path, value) =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number)
            ? AnthropicError.At(path, "Input should be a valid integer")
            : number < min ? AnthropicError.At(path, $"Input should be greater than or equal to {min.ToString(CultureInfo.InvariantCulture)}")
            : null;

    /// <summary>A number from 0 to 1.</summary>
    public static AnthropicError? Fraction(string path, JsonElement value) =>
        value.ValueKind != JsonValueKind.Number ? AnthropicError.At(path, "Input should be a valid number")
        : value.GetDouble() is >= 0 and <= 1 ? null
        : AnthropicError.At(path, "range: 0..1");

    public static ValueRule OneOf(params string[] values) => (path, value) =>
        Text(path, value) ?? (values.Contains(value.GetString()) ? null : AnthropicError.At(path, $"Input should be {Listed(values)}"));

    public static ValueRule AtMost(int characters) => (path, value) =>
        Text(path, value) ?? (value.GetString()!.Length <= characters
            ? null
            : AnthropicError.At(path, $"String should have at most {characters} characters"));

    public static ValueRule ListOf(ValueRule item) => (path, value) =>
        Array(path, value) ?? FirstOf(value, (index, element) => item($"{path}.{index}", element));

    /// <summary>The first error that is found in a list.</summary>
    public static AnthropicError? FirstOf(JsonElement list, Func<int, JsonElement, AnthropicError?> check)
    {
        var index = 0;
        foreach (var element in list.EnumerateArray())
        {
            if (check(index++, element) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>As in "'a', 'b' or 'c'".</summary>
    private static string Listed(string[] values) => values.Length == 1
        ? $"'{values[0]}'"
        : $"{string.Join(", ", values[..^1].Select(value => $"'{value}'"))} or '{values[^1]}'";
}
