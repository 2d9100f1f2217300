namespace Asc.Simulator.Anthropic.Answers;

/// <summary>A block of an answer, in token-sized pieces.</summary>
internal abstract record AnswerBlock(IReadOnlyList<string> Pieces)
{
    public virtual int Tokens => Pieces.Count;

    /// <summary>As much of it as fits into so many tokens, at least one.</summary>
    public abstract AnswerBlock Truncated(int tokens);
}

/// <summary>Thinking, whose text may be kept back; it is counted all the same.</summary>
internal sealed record ThinkingAnswer(IReadOnlyList<string> Pieces, bool IsShown, string Signature) : AnswerBlock(Pieces)
{
    public override AnswerBlock Truncated(int tokens) => this with { Pieces = [.. Pieces.Take(tokens)] };
}

/// <summary>Thinking that nobody may read.</summary>
internal sealed record RedactedAnswer(string Data) : AnswerBlock([])
{
    public override int Tokens => 1;

    public override AnswerBlock Truncated(int tokens) => this;
}

internal sealed record TextAnswer(IReadOnlyList<string> Pieces) : AnswerBlock(Pieces)
{
    public override AnswerBlock Truncated(int tokens) => this with { Pieces = [.. Pieces.Take(tokens)] };
}

/// <summary>A call of a tool; the pieces are its input as JSON, and there are none where it has no arguments.</summary>
/// <param name="Id">The call's.</param>
/// <param name="Name">The tool's.</param>
/// <param name="Pieces">The input.</param>
/// <param name="IsComplete">Whether the input is whole; otherwise it is no JSON.</param>
/// <param name="IsSilent">Whether not even an empty piece of input is streamed.</param>
internal sealed record ToolUseAnswer(string Id, string Name, IReadOnlyList<string> Pieces, bool IsComplete, bool IsSilent) : AnswerBlock(Pieces)
{
    /// <summary>The name counts as one token.</summary>
    public override int Tokens => 1 + Pieces.Count;

    public override AnswerBlock Truncated(int tokens) => this with { Pieces = [.. Pieces.Take(tokens - 1)], IsComplete = false };
}
