namespace Asc.DataPlane.Wire.Translation;

/// <summary>
/// Calls, and what tools answered: every provider demands that all of it stands right behind the calls, and that each call has one answer. What a client put
/// between comes after; what is missing or belongs nowhere nobody could make up.
/// </summary>
internal static class AnsweredCalls
{
    /// <param name="said">Whose turns are put in order.</param>
    /// <exception cref="UntranslatableException">A call is not answered, an answer is to no call, or it isn't clear which; or the last message is empty.</exception>
    public static Conversation InOrder(this Conversation said)
    {
        var ordered = new List<Turn>(said.Turns.Count);
        foreach (var (place, turn) in said.Turns.Index())
        {
            var calls = turn.Parts.OfType<ToolCallPart>().ToList();
            if (calls.Count == 0 && turn.Parts.OfType<ToolResultPart>().FirstOrDefault() is { } stray)
            {
                throw Wrong($"answers \"{stray.CallId.Shown()}\", and no call before it has that id: send the assistant's message that calls the tool, then what the tool answered", stray.Place, said.List);
            }

            if (calls.Count > 0 && turn.Role != Role.Assistant)
            {
                throw Wrong($"calls \"{calls[0].Name.Shown()}\", which is the assistant's to do: send it in its message", calls[0].Place, said.List);
            }

            if (turn.Role == Role.Assistant && turn.Parts.OfType<ToolResultPart>().FirstOrDefault() is { } own)
            {
                throw Wrong($"answers \"{own.CallId.Shown()}\", which is not the assistant's to do: send it in the next message", own.Place, said.List);
            }

            Add(ordered, turn);
            if (calls.Count > 0)
            {
                var answers = Take(said.Turns, place + 1);
                Match(calls, answers, said.List);
                Add(ordered, new(Role.User, [.. answers]) { Place = answers[^1].Place });
            }
        }

        LastMessage.ExpectIn(said, ordered);
        said.Turns.Clear();
        said.Turns.AddRange(ordered);
        return said;
    }

    private static List<ToolResultPart> Take(List<Turn> turns, int start)
    {
        var answers = new List<ToolResultPart>();
        for (var i = start; i < turns.Count && turns[i].Role != Role.Assistant; i++)
        {
            answers.AddRange(turns[i].Parts.OfType<ToolResultPart>());
            turns[i].Parts.RemoveAll(static part => part is ToolResultPart);
        }

        return answers;
    }

    private static void Match(List<ToolCallPart> calls, List<ToolResultPart> answers, string list)
    {
        var open = new Dictionary<string, ToolCallPart>(StringComparer.Ordinal);
        foreach (var call in calls)
        {
            if (!open.TryAdd(call.Id.GetString()!, call))
            {
                throw Wrong($"calls two tools by the id \"{call.Id.Shown()}\": give each call an id of its own", call.Place, list);
            }
        }

        foreach (var answer in answers)
        {
            if (!open.Remove(answer.CallId.GetString()!))
            {
                throw Wrong($"answers \"{answer.CallId.Shown()}\", and the calls before it have no such id, or were answered: send one answer for each call", answer.Place, list);
            }
        }

        if (open.Count > 0)
        {
            var call = open.Values.MinBy(static call => call.Place)!;
            throw Wrong($"calls a tool by the id \"{call.Id.Shown()}\", and nothing answers it: send what the tool answered before the assistant speaks again", call.Place, list);
        }
    }

    // No two in a row are of the same role, and none says nothing.
    private static void Add(List<Turn> turns, Turn next)
    {
        if (turns is [.., var last] && last.Role == next.Role)
        {
            last.Parts.AddRange(next.Parts);
            last.Place = next.Place;
        }
        else if (next.Parts.Count > 0)
        {
            turns.Add(next);
        }
    }

    private static UntranslatableException Wrong(string problem, int place, string list) => new($"\"{list}[{place}]\" {problem}.", $"{list}[{place}]");
}
