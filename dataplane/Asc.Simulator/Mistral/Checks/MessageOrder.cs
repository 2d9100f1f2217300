using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>Who may speak after whom, and how a conversation may end. The rules and words are those of mistral-common's validator.</summary>
internal static class MessageOrder
{
    private static readonly Dictionary<string, string[]> After = new(StringComparer.Ordinal)
    {
        ["system"] = ["user", "assistant", "system"],
        ["user"] = ["assistant", "system", "user"],
        ["assistant"] = ["assistant", "user", "tool"],
        ["tool"] = ["assistant", "tool"],
    };

    public static MistralError? Check(IReadOnlyList<JsonElement> messages)
    {
        if (messages.Count == 0)
        {
            return MistralError.Order("Conversation must have at least one message");
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (CheckMessage(messages, i) is { } error)
            {
                return error;
            }
        }

        return CheckAnswers(messages) ?? CheckEnd(messages[^1]);
    }

    private static MistralError? CheckMessage(IReadOnlyList<JsonElement> messages, int index)
    {
        var (message, role) = (messages[index], Role(messages[index]));
        if (index > 0 && !After[Role(messages[index - 1])].Contains(role))
        {
            return MistralError.Order($"Unexpected role '{role}' after role '{Role(messages[index - 1])}'");
        }

        if (role != "assistant")
        {
            return index == 0 && role == "tool" ? MistralError.Order("Unexpected role 'tool' as the first role") : null;
        }

        return IsEmpty(message) ? MistralError.Assistant("Assistant message must have either content or tool_calls, but not none.")
            : message.IsTrue("prefix") && index < messages.Count - 1 ? MistralError.Assistant("Assistant message with prefix True must be last message")
            : null;
    }

    private static MistralError? CheckAnswers(IReadOnlyList<JsonElement> messages)
    {
        var open = 0;
        foreach (var message in messages)
        {
            switch (Role(message))
            {
                case "tool":
                    open--;
                    break;
                case "assistant" when open != 0:
                    return NotTheSameNumber();
                case "assistant":
                    open = ToolCallIds.Of(message).Count;
                    break;
                default:
                    break;
            }
        }

        return open == 0 ? null : NotTheSameNumber();
    }

    private static MistralError? CheckEnd(JsonElement last) =>
        Role(last) is "user" or "tool" || last.IsTrue("prefix")
            ? null
            : MistralError.Order($"Expected last role User or Tool (or Assistant with prefix True) for serving but got {Role(last)}");

    private static MistralError NotTheSameNumber() => MistralError.Order("Not the same number of function calls and responses");

    private static bool IsEmpty(JsonElement message) =>
        ToolCallIds.Of(message).Count == 0
        && (!message.TryGetPresent("content", out var content)
            || (content.ValueKind == JsonValueKind.String ? content.GetString()!.Length == 0 : content.GetArrayLength() == 0));

    private static string Role(JsonElement message) => message.TextOf("role")!;
}
