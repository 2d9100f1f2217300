using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>The <c>tool_calls</c> of an assistant message that a client sends back.</summary>
internal static class ToolCallRules
{
    public static OpenAiError? Check(string path, JsonElement calls)
    {
        if (ValueRules.Array(path, calls) is { } notArray)
        {
            return notArray;
        }

        return calls.GetArrayLength() == 0
            ? OpenAiError.BadRequest(
                $"Invalid '{path}': empty array. Expected an array with minimum length 1, but got an empty array instead.", path, "empty_array")
            : calls.EnumerateArray().Select((call, index) => CheckCall($"{path}[{index}]", call)).FirstOrDefault(error => error is not null);
    }

    private static OpenAiError? CheckCall(string path, JsonElement call)
    {
        if (ValueRules.Object(path, call) is { } notObject)
        {
            return notObject;
        }

        if (Required(path, call, "id") is { } noId)
        {
            return noId;
        }

        if (!call.TryGetPresent("type", out var type))
        {
            return OpenAiError.Missing($"{path}.type");
        }

        if (ValueRules.OneOf("function", "custom")($"{path}.type", type) is { } badType)
        {
            return badType;
        }

        var kind = type.GetString()!;
        if (!call.TryGetPresent(kind, out var inner))
        {
            return OpenAiError.Missing($"{path}.{kind}");
        }

        return ValueRules.Object($"{path}.{kind}", inner)
            ?? Required($"{path}.{kind}", inner, "name")
            ?? Required($"{path}.{kind}", inner, kind == "function" ? "arguments" : "input");
    }

    private static OpenAiError? Required(string path, JsonElement parent, string name) =>
        parent.TryGetPresent(name, out var value)
            ? ValueRules.Text($"{path}.{name}", value)
            : OpenAiError.Missing($"{path}.{name}");
}
