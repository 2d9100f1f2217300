namespace Asc.Simulator.Answers;

/// <summary>
/// Cuts text into token-like pieces: a word with the blank before it, at most eight characters of it, or one mark.
/// Joined, the pieces are the text again.
/// </summary>
internal static class TokenPieces
{
    private const int MaxLength = 8;

    public static List<string> Of(string text)
    {
        var pieces = new List<string>(text.Length / 4 + 1);
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfPiece(text, start);
            pieces.Add(text[start..end]);
            start = end;
        }

        return pieces;
    }

    /// <summary>A prompt's tokens are estimated without cutting it: four characters each.</summary>
    public static int Estimate(int characters) => (characters + 3) / 4;

    private static int EndOfPiece(string text, int start)
    {
        var end = start + 1;
        if (text[start] == ' ' && end < text.Length)
        {
            end++;
        }

        if (char.IsLetterOrDigit(text[end - 1]))
        {
            while (end < text.Length && end - start < MaxLength && char.IsLetterOrDigit(text[end]))
            {
                end++;
            }
        }

        return char.IsHighSurrogate(text[end - 1]) && end < text.Length ? end + 1 : end;
    }
}
