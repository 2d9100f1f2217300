using Asc.Simulator.OpenAi.Answers;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>One token's worth of a streamed choice: text, the start of a tool call, or more of its input.</summary>
internal readonly record struct ChatDelta(int Choice, string? Text, ToolCall? Call, int CallIndex, bool IsRefusal)
{
    /// <summary>All deltas of an answer in sending order; the choices take turns.</summary>
    public static IEnumerable<ChatDelta> Of(ChatAnswer answer) => ByTurns([.. answer.Choices.Select(choice => OfChoice(choice).ToList())]);

    private static IEnumerable<ChatDelta> OfChoice(ChatChoice choice)
    {
        var text = choice.Text.Select(piece => new ChatDelta(choice.Index, piece, null, 0, choice.IsRefusal));
        var calls = choice.ToolCalls.Select((call, i) => OfCall(choice.Index, call, i).ToList()).ToList();
        return text.Concat(choice.CallsTakeTurns ? ByTurns(calls) : calls.SelectMany(call => call));
    }

    private static IEnumerable<ChatDelta> OfCall(int choice, ToolCall call, int index) =>
        call.Input.Select(piece => new ChatDelta(choice, piece, call, index, false)).Prepend(new ChatDelta(choice, null, call, index, false));

    private static IEnumerable<ChatDelta> ByTurns(List<List<ChatDelta>> rows)
    {
        var columns = rows.Select(row => row.Count).DefaultIfEmpty().Max();
        return Enumerable.Range(0, columns).SelectMany(column => rows.Where(row => column < row.Count).Select(row => row[column]));
    }
}
