namespace Asc.Simulator.Anthropic.Answers;

internal static class StopReason
{
    public const string EndTurn = "end_turn";
    public const string MaxTokens = "max_tokens";
    public const string StopSequence = "stop_sequence";
    public const string ToolUse = "tool_use";
    public const string Refusal = "refusal";
}
