using Asc.Simulator.OpenAi.Answers;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>One token's worth of a streamed choice: text, the start of a tool call, or more of its input.</summary>
internal readonly record struct ChatDelta(int Choice, string? Text, ToolCall? Call, int CallIndex)
{
    /// <summary>All deltas of an answer in sending order; the choices take turns.</summary>
    public static IEnumerable<ChatDelta> Of(ChatAnswer answer)
    {
        var rows = answer.Choices.Select(choice => OfChoice(choice).ToList()).ToList();
        for (var column = 0; column < rows.Max(row => row.Count); column++)
        {
            foreach (var row in rows.Where(row => column < row.Count))
            {
                yield return row[column];
            }
        }
    }

    private static IEnumerable<ChatDelta> OfChoice(ChatChoice choice)
    {
        foreach (var piece in choice.Text)
        {
            yield return new ChatDelta(choice.Index, piece, null, 0);
        }

        for (var i = 0; i < choice.ToolCalls.Count; i++)
        {
            var call = choice.ToolCalls[i];
            yield return new ChatDelta(choice.Index, null, call, i);
            foreach (var piece in call.Input)
            {
                yield return new ChatDelta(choice.Index, piece, call, i);
            }
        }
    }
}
