using System.Text.Json;
using Asc.Simulator.OpenAi.Checks;

namespace Asc.Simulator.OpenAi.Responses.Checks;

/// <summary>Lists, and what may stand for them.</summary>
internal static class ListRule
{
    public static ValueRule Of(ValueRule item) => (path, value) =>
        ValueRules.Array(path, value)
        ?? value.EnumerateArray().Select((element, index) => item($"{path}[{index}]", element)).FirstOrDefault(error => error is not null);

    /// <summary>Text, or else what <paramref name="other"/> takes.</summary>
    public static ValueRule TextOr(ValueRule other) => (path, value) => value.ValueKind switch
    {
        JsonValueKind.String => null,
        JsonValueKind.Array or JsonValueKind.Object => other(path, value),
        _ => JsonType.Mismatch(path, "one of an array of objects or string", value),
    };
}
