using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary><c>tool_choice</c> by itself; what it may name is in <see cref="ToolRules"/>.</summary>
internal static class ToolChoice
{
    private static readonly Shape Open = new(
        new Field("type", ValueRules.Text, Required: true),
        new Field("disable_parallel_tool_use", ValueRules.Flag));

    private static readonly Union Kinds = new(
        ("auto", Open.Check),
        ("any", Open.Check),
        ("tool", Open.With(new Field("name", ValueRules.Text, Required: true)).Check),
        ("none", new Shape(new Field("type", ValueRules.Text, Required: true)).Check));

    public static AnthropicError? Check(string path, JsonElement choice) => Kinds.Check(path, choice);

    /// <summary>Whether a choice leaves the model no other way than to call a tool.</summary>
    public static bool Forces(JsonElement body) =>
        body.TryGetPresent("tool_choice", out var choice) && choice.TextOf("type") is "any" or "tool";
}
