using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Every tool call is answered in the very next message, before anything else in it, and every result answers one.</summary>
internal static class ToolPairing
{
    public static AnthropicError? Check(RequestTerms terms)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new List<string>();
        var index = 0;
        foreach (var message in terms.Messages.EnumerateArray())
        {
            if (CheckResults(index, message, open) is { } error)
            {
                return error;
            }

            open = [.. MessageContent.Blocks(message).Where(block => block.TextOf("type") == "tool_use").Select(block => block.TextOf("id")!)];
            if (!open.TrueForAll(used.Add))
            {
                return AnthropicError.At("messages", "`tool_use` ids must be unique");
            }

            index++;
        }

        return open.Count > 0 ? Unanswered(index - 1, open) : null;
    }

    private static AnthropicError? CheckResults(int index, JsonElement message, List<string> open)
    {
        var answered = new HashSet<string>(StringComparer.Ordinal);
        var isFirst = true;
        var late = false;
        var position = 0;
        foreach (var block in MessageContent.Blocks(message))
        {
            if (block.TextOf("type") != "tool_result")
            {
                isFirst = false;
            }
            else
            {
                var id = block.TextOf("tool_use_id")!;
                if (!open.Contains(id))
                {
                    return Orphan(index, position, id);
                }

                if (!answered.Add(id))
                {
                    return AnthropicError.At(
                        $"messages.{index}.content.{position}",
                        $"each tool_use must have a single result. Found multiple `tool_result` blocks with id: {id}");
                }

                late |= !isFirst;
            }

            position++;
        }

        // A result that comes after something else counts as none.
        var missing = late ? open : [.. open.Where(id => !answered.Contains(id))];
        return missing.Count > 0 ? Unanswered(index - 1, missing) : null;
    }

    private static AnthropicError Orphan(int index, int position, string id) => AnthropicError.At(
        $"messages.{index}.content.{position}",
        $"unexpected `tool_use_id` found in `tool_result` blocks: {id}. "
        + "Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");

    private static AnthropicError Unanswered(int index, IEnumerable<string> ids) => AnthropicError.At(
        $"messages.{index}",
        $"`tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", ids)}. "
        + "Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
}
