using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Asc.Simulator.Answers;

/// <summary>What the simulated model says: an echo of what it was told, long enough to be worth streaming.</summary>
internal static partial class AnswerText
{
    private const int MaxEcho = 2_000;
    private const int MaxWords = 100_000;
    private const string Filler = " The simulator has nothing more to add, and says so at some length.";

    /// <summary>An answer to <paramref name="asked"/>, or to the result of a tool where one came last.</summary>
    /// <param name="asked">What the user said last.</param>
    /// <param name="toolResult">What a tool answered after that; null if none did.</param>
    /// <param name="minTokens">The least length; a prompt that asks for "N words" gets at least N.</param>
    /// <param name="ending">What the first sentence ends with.</param>
    public static string Write(string asked, string? toolResult, int minTokens, string ending = ".")
    {
        var text = new StringBuilder();
        text.Append(toolResult is null ? $"You said: {Echo(asked)}" : $"The tool answered: {Echo(toolResult)}").Append(ending);
        Pad(text, Math.Max(minTokens, WordsAskedFor(asked)));
        return text.ToString();
    }

    /// <summary>As much of a text as is repeated.</summary>
    public static string Echo(string text)
    {
        if (text.Length <= MaxEcho)
        {
            return text;
        }

        return char.IsHighSurrogate(text[MaxEcho - 1]) ? text[..(MaxEcho - 1)] : text[..MaxEcho];
    }

    private static void Pad(StringBuilder text, int tokens)
    {
        var pieces = TokenPieces.Of(text.ToString()).Count;
        var perFiller = TokenPieces.Of(Filler).Count;
        for (; pieces < tokens; pieces += perFiller)
        {
            text.Append(Filler);
        }
    }

    private static int WordsAskedFor(string text) =>
        WordCount().Match(text) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var words)
            ? Math.Min(words, MaxWords)
            : 0;

    [GeneratedRegex(@"\b([0-9]{1,6}) words\b", RegexOptions.IgnoreCase)]
    private static partial Regex WordCount();
}
