namespace Asc.Simulator.OpenAi.Answers;

/// <summary>One of an answer's choices: text or tool calls, in token-sized pieces.</summary>
internal sealed record ChatChoice(
    int Index, IReadOnlyList<string> Text, IReadOnlyList<ToolCall> ToolCalls, string FinishReason)
{
    public int Tokens => Text.Count + ToolCalls.Sum(call => call.Tokens);
}
