using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>What tools and the choice among them owe each other, the model and thinking.</summary>
internal static class ToolRules
{
    public static AnthropicError? Check(RequestTerms terms)
    {
        var names = Names(terms.Body);
        return names.Distinct(StringComparer.Ordinal).Count() < names.Count
            ? AnthropicError.At("tools", "Tool names must be unique.")
            : terms.Body.TryGetPresent("tool_choice", out var choice) ? CheckChoice(terms, choice, names) : null;
    }

    private static AnthropicError? CheckChoice(RequestTerms terms, JsonElement choice, List<string> names) =>
        names.Count == 0 ? AnthropicError.At("tool_choice", "may only be specified while providing tools")
        : choice.TextOf("type") == "tool" && !names.Contains(choice.TextOf("name")!)
            ? AnthropicError.Invalid($"Tool '{choice.TextOf("name")}' not found in provided tools")
        : !ToolChoice.Forces(terms.Body) ? null
        : !terms.Model.TakesForcedTools ? AnthropicError.At("tool_choice", "forced tool use is not supported for this model")
        : terms.AsksToThink ? AnthropicError.Invalid("Thinking may not be enabled when tool_choice forces tool use.")
        : null;

    private static List<string> Names(JsonElement body) =>
        body.TryGetPresent("tools", out var tools)
            ? [.. tools.EnumerateArray().Select(tool => tool.TextOf("name") ?? tool.TextOf("type")!)]
            : [];
}
