using Asc.Simulator.Claude;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>The kinds of thinking that the model takes, and the budget's place within <c>max_tokens</c>.</summary>
internal static class ThinkingRules
{
    public static AnthropicError? Check(RequestTerms terms)
    {
        var model = terms.Model.Thinking;
        return terms.Thinking switch
        {
            "enabled" => model.HasFlag(ClaudeThinking.Enabled) ? CheckBudget(terms) : NotSupported("enabled"),
            "adaptive" when !model.HasFlag(ClaudeThinking.Adaptive) => AnthropicError.Invalid("adaptive thinking is not supported on this model"),
            "disabled" when !model.HasFlag(ClaudeThinking.Disabled) => NoDisabling(model),
            "between_tools" when !model.HasFlag(ClaudeThinking.BetweenTools) => AnthropicError.Invalid(
                "thinking.type.between_tools is not supported for this model."),
            "between_tools" or "disabled" => CheckEffort(terms),
            _ => null,
        };
    }

    private static AnthropicError? CheckBudget(RequestTerms terms) =>
        terms.MaxTokens is { } max && terms.Body.GetProperty("thinking").GetProperty("budget_tokens").GetInt64() >= max
            ? AnthropicError.Invalid("`max_tokens` must be greater than `thinking.budget_tokens`.")
            : null;

    private static AnthropicError NoDisabling(ClaudeThinking model) => model.HasFlag(ClaudeThinking.BetweenTools)
        ? AnthropicError.Invalid(
            "To turn thinking off on this model, send \"thinking\": {\"type\": \"between_tools\"} instead of {\"type\": \"disabled\"}. "
            + "The model does not think before responding. The short updates it writes between tool calls come back as thinking blocks.")
        : NotSupported("disabled");

    private static AnthropicError? CheckEffort(RequestTerms terms) =>
        terms.Body.TryGetPresent("output_config", out var config) && config.TextOf("effort") is { } effort && effort is "xhigh" or "max"
            ? AnthropicError.Invalid(
                $"output_config.effort '{effort}' is not supported when thinking is disabled on this model. Use effort 'high' or below.")
            : null;

    private static AnthropicError NotSupported(string kind) => AnthropicError.Invalid(
        $"\"thinking.type.{kind}\" is not supported for this model. "
        + "Use \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.");
}
