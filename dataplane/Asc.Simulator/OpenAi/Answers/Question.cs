using Asc.Simulator.Answers;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>What the simulated model is asked, whichever endpoint asks.</summary>
internal sealed record Question
{
    public required string Model { get; init; }

    /// <summary>What the user said last.</summary>
    public required string UserText { get; init; }

    /// <summary>What a tool answered after that; null if none did.</summary>
    public string? ToolResult { get; init; }

    /// <summary>The tools of which one is called; none: the answer is in words.</summary>
    public IReadOnlyList<OfferedTool> Tools { get; init; } = [];

    public bool AllowsParallelCalls { get; init; } = true;

    public int Choices { get; init; } = 1;

    /// <summary>Upper bound of tokens in each choice, reasoning included.</summary>
    public int MaxTokens { get; init; } = int.MaxValue;

    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Null: plain text.</summary>
    public AnswerFormat? Format { get; init; }

    /// <summary>How much reasoning is asked for; null: the request does not say.</summary>
    public string? Effort { get; init; }

    /// <summary>The prompt as it is counted and cached.</summary>
    public required IReadOnlyList<PromptPart> Prompt { get; init; }
}
