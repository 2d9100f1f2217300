namespace Asc.Simulator.OpenAi.Answers;

/// <summary>One of an answer's choices: text or tool calls, in token-sized pieces.</summary>
internal sealed record ChatChoice(
    int Index, IReadOnlyList<string> Text, IReadOnlyList<ToolCall> ToolCalls, string FinishReason)
{
    /// <summary>Tokens that were billed before the first that is seen.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Whether the text is why nothing else is said.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether a stream sends the inputs of the calls by turns.</summary>
    public bool CallsTakeTurns { get; init; }

    public int Tokens => ReasoningTokens + Text.Count + ToolCalls.Sum(call => call.Tokens);
}
