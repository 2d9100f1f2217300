using Asc.Simulator.Answers;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>A complete answer, before it is put on the wire in one way or the other.</summary>
internal sealed record ChatAnswer(string Id, long Created, string Model, IReadOnlyList<ChatChoice> Choices, int PromptTokens, CachedPrefix Cached)
{
    public OpenAiUsage Usage => UsageOf(Choices.Sum(choice => choice.Tokens), ReasoningTokens);

    public int ReasoningTokens => Choices.Sum(choice => choice.ReasoningTokens);

    /// <summary>The usage of as much of it as was said.</summary>
    public OpenAiUsage UsageOf(int tokens, int reasoning) => new(PromptTokens, tokens, Cached, reasoning);
}
