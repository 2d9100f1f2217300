using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary><c>max_tokens</c>: within what the model can say; 0 only warms the cache, which excludes much else.</summary>
internal static class MaxTokensRules
{
    public static AnthropicError? Check(RequestTerms terms) => terms.MaxTokens switch
    {
        null => null,
        0 => CheckPrewarm(terms),
        var max when max > terms.Model.MaxOutput => AnthropicError.At(
            "max_tokens", $"{max} > {terms.Model.MaxOutput}, which is the maximum allowed number of output tokens for {terms.Model.Name}"),
        _ => null,
    };

    private static AnthropicError? CheckPrewarm(RequestTerms terms) =>
        terms.Body.IsTrue("stream") ? NotWith("`stream`")
        : terms.Thinking == "enabled" ? NotWith("`thinking.type` \"enabled\"")
        : terms.Format is not null ? NotWith("`output_config.format`")
        : ToolChoice.Forces(terms.Body) ? NotWith("a `tool_choice` that forces tool use")
        : null;

    private static AnthropicError NotWith(string other) => AnthropicError.At("max_tokens", $"0 may not be combined with {other}");
}
