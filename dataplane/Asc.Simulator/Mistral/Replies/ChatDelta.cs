using Asc.Simulator.Mistral.Answers;

namespace Asc.Simulator.Mistral.Replies;

/// <summary>One token's worth of a streamed choice: thinking, text, or, of models that send calls in pieces, the start of a call or more of it.</summary>
/// <param name="Choice">The choice's index.</param>
/// <param name="Piece">What is said; null where a call begins.</param>
/// <param name="IsThinking">Whether it is thought rather than said.</param>
/// <param name="IsChunk">Whether text comes as a list of chunks, as the first of it does after thinking.</param>
/// <param name="Call">The call that it belongs to.</param>
/// <param name="CallIndex">The call's place among the choice's.</param>
internal readonly record struct ChatDelta(int Choice, string? Piece, bool IsThinking, bool IsChunk, ToolCall? Call = null, int CallIndex = 0)
{
    /// <summary>All deltas of an answer in sending order, one choice after the other. Calls that come whole come with the finish reason.</summary>
    public static IEnumerable<ChatDelta> Of(ChatAnswer answer) => answer.Choices.SelectMany(choice => OfChoice(choice, answer.Model.StreamsCallsInPieces));

    private static IEnumerable<ChatDelta> OfChoice(ChatChoice choice, bool callsInPieces)
    {
        var thinking = choice.Thinking.Select(piece => new ChatDelta(choice.Index, piece, true, true));
        var text = choice.Text.Select((piece, position) => new ChatDelta(choice.Index, piece, false, position == 0 && choice.Thinking.Count > 0));
        var calls = callsInPieces ? choice.ToolCalls.SelectMany((call, index) => OfCall(choice.Index, call, index)) : [];
        return thinking.Concat(text).Concat(calls);
    }

    private static IEnumerable<ChatDelta> OfCall(int choice, ToolCall call, int index) =>
        call.Arguments.Prepend(null).Select(piece => new ChatDelta(choice, piece, false, false, call, index));
}
