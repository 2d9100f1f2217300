namespace Asc.Simulator.Mistral.Answers;

internal static class FinishReason
{
    public const string Stop = "stop";
    public const string Length = "length";

    /// <summary>The model's context is full.</summary>
    public const string ModelLength = "model_length";

    public const string ToolCalls = "tool_calls";

    /// <summary>The answer ended for no reason of its own.</summary>
    public const string Error = "error";
}
