using System.Text.Json;
using System.Text.RegularExpressions;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>The ids and names of tool calls, which are shorter here than anywhere else.</summary>
internal static partial class ToolCallIds
{
    // What a call without an id counts as having.
    private const string None = "null";

    public static MistralError? Check(IEnumerable<JsonElement> messages) =>
        messages.Select(CheckMessage).FirstOrDefault(error => error is not null);

    /// <summary>The calls of a message, by id.</summary>
    public static IReadOnlyList<string> Of(JsonElement message) =>
        message.TryGetPresent("tool_calls", out var calls) ? [.. calls.EnumerateArray().Select(call => call.TextOf("id") ?? None)] : [];

    public static MistralError? CheckName(string name) => Names().IsMatch(name)
        ? null
        : MistralError.FunctionCall(
            $"Function name was {name} but must be a-z, A-Z, 0-9, or contain underscores and dashes, with a maximum length of 64.");

    private static MistralError? CheckMessage(JsonElement message)
    {
        var ids = message.TextOf("role") == "tool" ? [message.TextOf("tool_call_id") ?? None] : Of(message);
        if (ids.FirstOrDefault(id => !Ids().IsMatch(id)) is { } wrong)
        {
            return MistralError.FunctionCall($"Tool call id was {wrong} but must be a-z, A-Z, 0-9, with a length of 9.");
        }

        return message.TryGetPresent("tool_calls", out var calls)
            ? calls.EnumerateArray().Select(call => CheckName(call.GetProperty("function").TextOf("name")!)).FirstOrDefault(error => error is not null)
            : null;
    }

    [GeneratedRegex(@"^[a-zA-Z0-9]{9}\z")]
    private static partial Regex Ids();

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex Names();
}
