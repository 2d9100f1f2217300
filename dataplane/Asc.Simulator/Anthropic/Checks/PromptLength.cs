using Asc.Simulator.Anthropic.Answers;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>A prompt must fit into the model's context window.</summary>
internal static class PromptLength
{
    public static AnthropicError? Check(RequestTerms terms)
    {
        var tokens = Prompt.Of(terms.Body).Tokens;
        return tokens > terms.Model.ContextWindow
            ? AnthropicError.Invalid($"prompt is too long: {tokens} tokens > {terms.Model.ContextWindow} maximum")
            : null;
    }
}
