using System.Text.Json;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary><c>stop</c>: a string, or up to four.</summary>
internal static class StopRule
{
    private const int MaxCount = 4;

    public static OpenAiError? Check(string param, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return JsonType.Mismatch(param, "a string or an array of strings", value);
        }

        var count = value.GetArrayLength();
        return count > MaxCount
            ? OpenAiError.BadRequest(
                $"Invalid '{param}': array too long. Expected an array with maximum length {MaxCount}, but got an array with length {count} instead.",
                param, "array_above_max_length")
            : value.EnumerateArray().Select((item, index) => ValueRules.Text($"{param}[{index}]", item)).FirstOrDefault(error => error is not null);
    }
}
