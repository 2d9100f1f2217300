namespace Asc.Simulator.Anthropic.Answers;

/// <summary>A complete answer, before it is put on the wire in one way or the other.</summary>
internal sealed record MessageAnswer(
    string Id, string Model, IReadOnlyList<AnswerBlock> Blocks, string StopReason, string? StopSequence, CachedPrompt Prompt, ServedBy Service)
{
    public AnthropicUsage Usage => UsageOf(Blocks.Sum(block => block.Tokens), Blocks.Where(IsThought).Sum(block => block.Tokens));

    /// <summary>The usage of as much of it as was said.</summary>
    public AnthropicUsage UsageOf(int tokens, int thinking) => new(Prompt, tokens, thinking, Service);

    public static bool IsThought(AnswerBlock block) => block is ThinkingAnswer or RedactedAnswer;
}
