using Asc.Simulator.OpenAi.Answers;

namespace Asc.Simulator.OpenAi.Responses.Answers;

/// <summary>A complete response, before it is put on the wire in one way or the other.</summary>
/// <param name="Id">The response's.</param>
/// <param name="Request">What it answers.</param>
/// <param name="Chat">The same answer as a chat would get it.</param>
/// <param name="Items">What is said.</param>
/// <param name="IncompleteReason">Why it ended before its time; null: it did not.</param>
internal sealed record ResponseAnswer(string Id, ResponseRequest Request, ChatAnswer Chat, IReadOnlyList<OutputItem> Items, string? IncompleteReason)
{
    public ResponseUsage Usage => UsageOf(Chat.Usage.CompletionTokens, Chat.ReasoningTokens);

    public string Status => IncompleteReason is null ? "completed" : "incomplete";

    /// <summary>The usage of as much of it as was said.</summary>
    public ResponseUsage UsageOf(int tokens, int reasoning) => new(Chat.PromptTokens, tokens, Chat.Cached, reasoning);
}
