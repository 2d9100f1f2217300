using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>What the simulated model says: an echo of what it was told, long enough to be worth streaming.</summary>
internal static partial class AnswerText
{
    private const int MaxEcho = 2_000;
    private const int MaxWords = 100_000;
    private const string Filler = " The simulator has nothing more to add, and says so at some length.";

    public static string Write(ChatRequest request, int choice, int minTokens)
    {
        var text = new StringBuilder();
        var asked = request.LastUserText;
        text.Append(request.LastRole is "tool" or "function"
            ? $"The tool answered: {Echo(MessageText.Of(request.Messages[^1]))}"
            : $"You said: {Echo(asked)}");
        text.Append(choice == 0 ? "." : $" (choice {choice}).");
        Pad(text, Math.Max(minTokens, WordsAskedFor(asked)));
        return text.ToString();
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

    private static string Echo(string text)
    {
        if (text.Length <= MaxEcho)
        {
            return text;
        }

        return char.IsHighSurrogate(text[MaxEcho - 1]) ? text[..(MaxEcho - 1)] : text[..MaxEcho];
    }

    private static int WordsAskedFor(string text) =>
        WordCount().Match(text) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var words)
            ? Math.Min(words, MaxWords)
            : 0;

    [GeneratedRegex(@"\b([0-9]{1,6}) words\b", RegexOptions.IgnoreCase)]
    private static partial Regex WordCount();
}
