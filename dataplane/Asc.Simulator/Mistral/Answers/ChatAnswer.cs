namespace Asc.Simulator.Mistral.Answers;

/// <summary>A complete answer, before it is put on the wire in one way or the other.</summary>
/// <param name="Id">The answer's.</param>
/// <param name="Created">When, in seconds since 1970.</param>
/// <param name="Model">The model asked for, by the name that it was asked for by.</param>
/// <param name="Choices">At least one.</param>
/// <param name="PromptTokens">All of the prompt's tokens.</param>
/// <param name="CachedTokens">Those of them that were read from the cache.</param>
/// <param name="IsReasoned">Whether usage tells of thinking.</param>
internal sealed record ChatAnswer(
    string Id, long Created, MistralModel Model, IReadOnlyList<ChatChoice> Choices, int PromptTokens, int CachedTokens, bool IsReasoned)
{
    public MistralUsage Usage => UsageOf(Choices.Sum(choice => choice.Tokens), Choices.Sum(choice => choice.Thinking.Count));

    /// <summary>The usage of as much of it as was said.</summary>
    public MistralUsage UsageOf(int tokens, int thinking) => new(PromptTokens, tokens, CachedTokens, IsReasoned ? thinking : null);
}
