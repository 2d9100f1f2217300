using Microsoft.ML.Tokenizers;

namespace Asc.DataPlane.Wire;

/// <summary>
/// Counts tokens where no provider does, with OpenAI's newest published vocabulary (o200k), whoever the model is of: the others' are not published, and cut
/// texts otherwise. So an estimate is always told to be one.
/// </summary>
internal static class TextTokens
{
    // Whole, a long text without breaks would hold a core for minutes: the tokenizer is quadratic there.
    private const int PieceLength = 512;

    private static readonly Lazy<TiktokenTokenizer> O200k = new(static () => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    /// <summary>Loads the vocabulary, some 0.3 s and 60 MB, so that no request waits for it.</summary>
    public static void Load() => _ = O200k.Value;

    /// <summary>How many tokens a text is. O(its length).</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var tokens = 0;
        while (!text.IsEmpty)
        {
            var length = PieceOf(text);
            tokens += O200k.Value.CountTokens(text[..length]);
            text = text[length..];
        }

        return tokens;
    }

    // Up to a blank where there is one near the end; never in the middle of a character.
    private static int PieceOf(ReadOnlySpan<char> text)
    {
        if (text.Length <= PieceLength)
        {
            return text.Length;
        }

        var blank = text[(PieceLength / 2)..PieceLength].LastIndexOf(' ');
        return blank >= 0 ? (PieceLength / 2) + blank
            : char.IsHighSurrogate(text[PieceLength - 1]) ? PieceLength - 1
            : PieceLength;
    }
}
