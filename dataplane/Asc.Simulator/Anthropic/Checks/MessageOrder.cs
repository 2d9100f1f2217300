using System.Text.Json;
using Asc.Simulator.Claude;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>The order of <c>messages</c>: who begins, where the system may speak, what the end may look like.</summary>
internal static class MessageOrder
{
    public static AnthropicError? Check(RequestTerms terms)
    {
        var messages = terms.Messages.EnumerateArray().ToList();
        return messages.Count == 0 ? AnthropicError.At("messages", "at least one message is required")
            : Role(messages[0]) != "user" ? AnthropicError.At("messages", "first message must use the \"user\" role")
            : CheckSystemRole(terms.Model, messages)
                ?? CheckEmptiness(messages)
                ?? CheckEnd(terms.Model, messages);
    }

    private static AnthropicError? CheckSystemRole(ClaudeModel model, List<JsonElement> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (Role(messages[i]) != "system")
            {
                continue;
            }

            if (!model.TakesSystemMessages)
            {
                return AnthropicError.At(
                    "messages", "Unexpected role \"system\". The Messages API accepts a top-level `system` parameter, not \"system\" as an input message role.");
            }

            if (!MayPrecedeSystem(messages[i - 1]))
            {
                return AnthropicError.At(
                    $"messages.{i}", "role 'system' must follow a user turn or an assistant turn that ends in server tool use");
            }

            if (i + 1 < messages.Count && Role(messages[i + 1]) != "assistant")
            {
                return AnthropicError.At($"messages.{i}", "role 'system' must be the last message or be followed by an assistant turn");
            }
        }

        return null;
    }

    private static bool MayPrecedeSystem(JsonElement message) =>
        Role(message) == "user"
        || (Role(message) == "assistant" && MessageContent.Blocks(message).LastOrDefault() is { ValueKind: JsonValueKind.Object } last
            && last.TextOf("type") is { } type && (type == "server_tool_use" || (type != "tool_result" && type.EndsWith("_tool_result", StringComparison.Ordinal))));

    private static AnthropicError? CheckEmptiness(List<JsonElement> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var mayBeEmpty = i == messages.Count - 1 && Role(messages[i]) == "assistant";
            if (!mayBeEmpty && MessageContent.IsEmpty(messages[i]))
            {
                return AnthropicError.At($"messages.{i}", "all messages must have non-empty content except for the optional final assistant message");
            }

            if (MessageContent.Blocks(messages[i]).LastOrDefault() is { ValueKind: JsonValueKind.Object } last
                && last.TextOf("type") is "thinking" or "redacted_thinking")
            {
                return AnthropicError.At($"messages.{i}", "The final block in an assistant message cannot be `thinking`.");
            }
        }

        return null;
    }

    private static AnthropicError? CheckEnd(ClaudeModel model, List<JsonElement> messages)
    {
        if (Role(messages[^1]) != "assistant")
        {
            return null;
        }

        return !model.TakesPrefill
            ? AnthropicError.Invalid("This model does not support assistant message prefill. The conversation must end with a user message.")
            : MessageContent.LastText(messages[^1]) is { Length: > 0 } text && char.IsWhiteSpace(text[^1])
                ? AnthropicError.At("messages", "final assistant content cannot end with trailing whitespace")
                : null;
    }

    private static string Role(JsonElement message) => message.TextOf("role")!;
}
