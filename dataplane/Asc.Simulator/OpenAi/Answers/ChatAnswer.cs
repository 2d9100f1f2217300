namespace Asc.Simulator.OpenAi.Answers;

/// <summary>A complete answer, before it is put on the wire in one way or the other.</summary>
internal sealed record ChatAnswer(string Id, long Created, string Model, IReadOnlyList<ChatChoice> Choices, int PromptTokens)
{
    public OpenAiUsage Usage => new(PromptTokens, Choices.Sum(choice => choice.Tokens));
}
