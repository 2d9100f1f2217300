using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary><c>messages</c>, one by one; what they owe each other is in <see cref="ToolCallPairing"/>.</summary>
internal static class MessageRules
{
    private static readonly ValueRule Role = ValueRules.OneOf("system", "assistant", "user", "function", "tool", "developer");

    public static OpenAiError? Check(JsonElement body)
    {
        var messages = body.GetProperty("messages");
        if (messages.GetArrayLength() == 0)
        {
            return OpenAiError.BadRequest(
                "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", "messages", "empty_array");
        }

        var index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            if (CheckMessage($"messages[{index++}]", message) is { } error)
            {
                return error;
            }
        }

        return ToolCallPairing.Check(messages);
    }

    private static OpenAiError? CheckMessage(string path, JsonElement message)
    {
        if (ValueRules.Object(path, message) is { } notObject)
        {
            return notObject;
        }

        if (!message.TryGetPresent("role", out var role))
        {
            return OpenAiError.Missing($"{path}.role");
        }

        return Role($"{path}.role", role)
            ?? (message.TryGetPresent("name", out var name) ? ValueRules.Text($"{path}.name", name) : null)
            ?? MessageContent.Check(path, role.GetString()!, message)
            ?? CheckToolFields(path, role.GetString()!, message);
    }

    private static OpenAiError? CheckToolFields(string path, string role, JsonElement message) => role switch
    {
        "tool" when !message.TryGetPresent("tool_call_id", out _) => OpenAiError.Missing($"{path}.tool_call_id"),
        "tool" => ValueRules.Text($"{path}.tool_call_id", message.GetProperty("tool_call_id")),
        "function" when !message.TryGetPresent("name", out _) => OpenAiError.Missing($"{path}.name"),
        "assistant" when message.TryGetPresent("tool_calls", out var calls) => ToolCallRules.Check($"{path}.tool_calls", calls),
        _ => null,
    };
}
