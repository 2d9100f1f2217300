using System.Text.Json;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary><c>thinking</c> by itself; what a model makes of it is in <see cref="ThinkingRules"/>.</summary>
internal static class ThinkingConfig
{
    private const int MinBudget = 1_024;

    private static readonly Shape Plain = new(new Field("type", ValueRules.Text, Required: true));
    private static readonly Shape Shown = Plain.With(new Field("display", ValueRules.OneOf("summarized", "omitted")));

    private static readonly Union Kinds = new(
        ("adaptive", Shown.Check),
        ("between_tools", Plain.Check),
        ("disabled", Plain.Check),
        ("enabled", Shown.With(new Field("budget_tokens", ValueRules.Integer(MinBudget), Required: true)).Check));

    public static AnthropicError? Check(string path, JsonElement thinking) => Kinds.Check(path, thinking);
}
