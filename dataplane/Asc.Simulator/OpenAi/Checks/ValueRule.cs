using System.Globalization;
using System.Text.Json;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>Checks one parameter's value; null: it is fine.</summary>
internal delegate OpenAiError? ValueRule(string param, JsonElement value);

/// <summary>The rules that parameters share.</summary>
internal static class ValueRules
{
    public static OpenAiError? Any(string param, JsonElement value) => null;

    public static OpenAiError? Text(string param, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? null : JsonType.Mismatch(param, JsonType.Text, value);

    public static OpenAiError? Flag(string param, JsonElement value) =>
        JsonType.IsBoolean(value) ? null : JsonType.Mismatch(param, JsonType.Boolean, value);

    public static OpenAiError? Object(string param, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? null : JsonType.Mismatch(param, JsonType.Object, value);

    public static OpenAiError? Array(string param, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? null : JsonType.Mismatch(param, JsonType.Array, value);

    public static ValueRule Decimal(double min, double max) => (param, value) =>
        value.ValueKind != JsonValueKind.Number
            ? JsonType.Mismatch(param, JsonType.Decimal, value)
            : OutOfRange(param, "decimal", value.GetDouble(), min, max);

    public static ValueRule Integer(long min, long max) => (param, value) =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number)
            ? JsonType.Mismatch(param, JsonType.Integer, value)
            : OutOfRange(param, "integer", number, min, max);

    public static ValueRule OneOf(params string[] supported) => (param, value) =>
        Text(param, value) ?? (supported.Contains(value.GetString())
            ? null
            : OpenAiError.Value(param, value.GetString()!, Quoted(supported)));

    public static string Quoted(IEnumerable<string> values) => string.Join(", ", values.Select(value => $"'{value}'"));

    private static OpenAiError? OutOfRange(string param, string type, double value, double min, double max)
    {
        if (value >= min && value <= max)
        {
            return null;
        }

        var (side, sign, bound) = value < min ? ("below_min", ">=", min) : ("above_max", "<=", max);
        var words = value < min ? "below minimum" : "above maximum";
        return OpenAiError.BadRequest(
            string.Create(CultureInfo.InvariantCulture, $"Invalid '{param}': {type} {words} value. Expected a value {sign} {bound}, but got {value} instead."),
            param, $"{type}_{side}_value");
    }
}
