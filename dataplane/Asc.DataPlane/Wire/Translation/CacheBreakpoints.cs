using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Where a prompt's cached parts end: Anthropic says it of blocks, OpenAI of parts of messages (facts: 3.1, 3.4).</summary>
internal static class CacheBreakpoints
{
    /// <summary>Keeps what is said of an element that was read as the last of <paramref name="parts"/>.</summary>
    /// <param name="parts">What was read.</param>
    /// <param name="count">How many they were before.</param>
    /// <param name="mark">An object; anything else: it isn't one.</param>
    public static void Read(List<Part> parts, int count, JsonElement mark)
    {
        if (mark.ValueKind == JsonValueKind.Object && parts.Count > count)
        {
            parts[^1] = parts[^1] with { EndsCache = true };
        }
    }

    /// <summary>The same of the whole request, which is of the last thing that is said in it.</summary>
    public static void ReadOfAll(Conversation read, JsonElement mark)
    {
        var last = read.Turns is [.., { Parts: var parts }] ? parts : [];
        Read(last, 0, mark);
        var said = last is [.., ToolResultPart result] ? result.Content : last;
        Read(said, 0, mark);
        read.Lost |= mark.ValueKind == JsonValueKind.Object && said.Count == 0 ? RequestFeatures.CacheBreakpoints : RequestFeatures.None;
    }

    /// <summary>OpenAI takes them with what the user and the system say, and nowhere else.</summary>
    public static void KeepOpenAis(Conversation said, in TranslationTarget target)
    {
        KeepLast(said, target.Carries(RequestFeatures.CacheBreakpoints) ? int.MaxValue : 0);
        foreach (var turn in said.Turns.Where(static turn => turn.Role == Role.Assistant && turn.Parts.Exists(static part => part.EndsCache)))
        {
            KeepLast(turn.Parts, 0);
            said.Lost |= RequestFeatures.CacheBreakpoints;
        }
    }

    /// <summary>Forgets all but the last <paramref name="most"/>: each caches what stands before it too.</summary>
    public static void KeepLast(Conversation said, int most)
    {
        for (var turn = said.Turns.Count - 1; turn >= 0; turn--)
        {
            most = KeepLast(said.Turns[turn].Parts, most);
        }

        KeepLast(said.Instructions, most);
    }

    private static int KeepLast(List<Part> parts, int most)
    {
        for (var place = parts.Count - 1; place >= 0; place--)
        {
            if (parts[place].EndsCache && most-- <= 0)
            {
                parts[place] = parts[place] with { EndsCache = false };
            }

            most = parts[place] is ToolResultPart result ? KeepLast(result.Content, most) : most;
        }

        return most;
    }
}
