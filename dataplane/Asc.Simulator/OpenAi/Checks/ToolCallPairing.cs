using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>Every tool call is answered right after it, and every tool message answers one.</summary>
internal static class ToolCallPairing
{
    public static OpenAiError? Check(JsonElement messages)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        var answered = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            var role = message.TextOf("role");
            if (role == "tool")
            {
                var id = message.TextOf("tool_call_id")!;
                if (!open.Remove(id) && !answered.Contains(id))
                {
                    return Orphan(index);
                }

                answered.Add(id);
            }
            else
            {
                if (open.Count > 0)
                {
                    return Unanswered(open, index);
                }

                answered.Clear();
                open.UnionWith(CallIds(message));
            }

            index++;
        }

        return open.Count > 0 ? Unanswered(open, index) : null;
    }

    private static IEnumerable<string> CallIds(JsonElement message) =>
        message.TextOf("role") == "assistant" && message.TryGetPresent("tool_calls", out var calls)
            ? calls.EnumerateArray().Select(call => call.TextOf("id")!)
            : [];

    private static OpenAiError Orphan(int index) => OpenAiError.BadRequest(
        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
        $"messages.[{index}].role", null);

    private static OpenAiError Unanswered(IEnumerable<string> ids, int index) => OpenAiError.BadRequest(
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
        + $"The following tool_call_ids did not have response messages: {string.Join(", ", ids)}",
        $"messages.[{index}].role", null);
}
