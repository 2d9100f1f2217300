namespace Asc.Simulator.Mistral.Answers;

/// <summary>One of an answer's choices, in token-sized pieces.</summary>
internal sealed record ChatChoice(
    int Index, IReadOnlyList<string> Thinking, IReadOnlyList<string> Text, IReadOnlyList<ToolCall> ToolCalls, string FinishReason)
{
    public int Tokens => Thinking.Count + Text.Count + ToolCalls.Sum(call => call.Tokens);
}
