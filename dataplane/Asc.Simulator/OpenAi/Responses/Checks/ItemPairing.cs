using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses.Checks;

/// <summary>Every output answers a call that came before it, every call has an output, and reasoning leads to something.</summary>
internal static class ItemPairing
{
    /// <param name="items">The input.</param>
    /// <param name="before">What the input goes on from.</param>
    public static OpenAiError? Check(IReadOnlyList<JsonElement> items, StoredResponse before)
    {
        var open = before.OpenCalls.ToList();
        foreach (var item in items)
        {
            switch (item.TextOf("type"))
            {
                case "function_call" or "custom_tool_call":
                    open.Add(item.TextOf("call_id")!);
                    break;
                case "function_call_output" or "custom_tool_call_output" when !open.Remove(item.TextOf("call_id")!):
                    return AtInput($"No tool call found for {Words(item)} output with call_id {item.TextOf("call_id")}.");
                default:
                    break;
            }
        }

        return open.Count > 0 ? AtInput($"No tool output found for function call {open[0]}.")
            : items is [.., var last] && last.TextOf("type") == "reasoning"
                ? AtInput($"Item '{last.TextOf("id")}' of type 'reasoning' was provided without its required following item.")
            : null;
    }

    private static string Words(JsonElement item) => item.TextOf("type") == "function_call_output" ? "function call" : "custom tool call";

    private static OpenAiError AtInput(string message) => OpenAiError.BadRequest(message, "input", null);
}
