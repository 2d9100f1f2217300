using System.Text.Json;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>JSON types in the words of the API's error messages.</summary>
internal static class JsonType
{
    public const string Text = "a string";
    public const string Object = "an object";
    public const string Array = "an array";
    public const string Integer = "an integer";
    public const string Decimal = "a decimal";
    public const string Boolean = "a boolean";

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Text,
        JsonValueKind.Object => Object,
        JsonValueKind.Array => Array,
        JsonValueKind.Number => value.TryGetInt64(out _) ? Integer : Decimal,
        JsonValueKind.True or JsonValueKind.False => Boolean,
        _ => "null",
    };

    public static bool IsBoolean(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    public static OpenAiError Mismatch(string param, string expected, JsonElement value) =>
        OpenAiError.WrongType(param, expected, Of(value));
}
