using Asc.Simulator.Mistral.Answers;

namespace Asc.Simulator.Mistral.Replies;

/// <summary>One token's worth of a streamed choice. Tool calls are no part of it: they come whole, with the finish reason.</summary>
/// <param name="Choice">The choice's index.</param>
/// <param name="Piece">What is said.</param>
/// <param name="IsThinking">Whether it is thought rather than said.</param>
/// <param name="IsChunk">Whether text comes as a list of chunks, as the first of it does after thinking.</param>
internal readonly record struct ChatDelta(int Choice, string Piece, bool IsThinking, bool IsChunk)
{
    /// <summary>All deltas of an answer in sending order, one choice after the other.</summary>
    public static IEnumerable<ChatDelta> Of(ChatAnswer answer) => answer.Choices.SelectMany(choice =>
        choice.Thinking.Select(piece => new ChatDelta(choice.Index, piece, true, true))
            .Concat(choice.Text.Select((piece, position) => new ChatDelta(choice.Index, piece, false, position == 0 && choice.Thinking.Count > 0))));
}
