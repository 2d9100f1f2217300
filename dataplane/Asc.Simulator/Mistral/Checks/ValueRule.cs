using System.Globalization;
using System.Text.Json;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>Everything that is wrong with the value at a place; nothing: it is fine.</summary>
internal delegate IEnumerable<Problem> ValueRule(Location at, JsonElement value);

/// <summary>The rules that fields share, in the words of the API's validator.</summary>
internal static class ValueRules
{
    public static IEnumerable<Problem> Any(Location at, JsonElement value) => [];

    public static IEnumerable<Problem> Text(Location at, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? [] : [new("string_type", at, "Input should be a valid string", value)];

    public static IEnumerable<Problem> Flag(Location at, JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : [new("bool_type", at, "Input should be a valid boolean", value)];

    public static IEnumerable<Problem> Map(Location at, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? [] : [new("dict_type", at, "Input should be a valid dictionary", value)];

    public static ValueRule Integer(long min, long max = int.MaxValue) => (at, value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? OutOfRange(at, value, number, min, max)
            : [new("int_type", at, "Input should be a valid integer", value)];

    public static ValueRule Decimal(double min, double max) => (at, value) =>
        value.ValueKind == JsonValueKind.Number
            ? OutOfRange(at, value, value.GetDouble(), min, max)
            : [new("float_type", at, "Input should be a valid number", value)];

    public static ValueRule OneOf(params string[] values) => (at, value) =>
        value.ValueKind == JsonValueKind.String && values.Contains(value.GetString())
            ? []
            : [new("literal_error", at, $"Input should be {Listed(values)}", value)];

    /// <summary>A list whose items all pass.</summary>
    public static ValueRule ListOf(ValueRule item, int min = 0) => (at, value) =>
        value.ValueKind != JsonValueKind.Array ? [new("list_type", at, "Input should be a valid list", value)]
        : value.GetArrayLength() < min
            ? [new("too_short", at, $"List should have at least {min} item after validation, not {value.GetArrayLength()}", value)]
        : value.EnumerateArray().SelectMany((element, index) => item(at.Then(index), element));

    /// <summary>Text, or else what <paramref name="other"/> takes; the API names both branches, and here the one that was meant.</summary>
    public static ValueRule TextOr(string branch, ValueRule other) => (at, value) =>
        value.ValueKind == JsonValueKind.String ? [] : other(at.Then(branch), value);

    private static IEnumerable<Problem> OutOfRange(Location at, JsonElement value, double number, double min, double max) =>
        number < min ? [new("greater_than_equal", at, string.Create(CultureInfo.InvariantCulture, $"Input should be greater than or equal to {min}"), value)]
        : number > max ? [new("less_than_equal", at, string.Create(CultureInfo.InvariantCulture, $"Input should be less than or equal to {max}"), value)]
        : [];

    /// <summary>As in "'a', 'b' or 'c'".</summary>
    private static string Listed(string[] values) => values.Length == 1
        ? $"'{values[0]}'"
        : $"{string.Join(", ", values[..^1].Select(value => $"'{value}'"))} or '{values[^1]}'";
}
