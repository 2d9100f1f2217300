using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Leaves out what an answer repeats of its own beginning, which the client has. Pieces may end anywhere, and be written with other escapes.</summary>
internal sealed class RepeatedText
{
    private readonly byte[] expected = [];
    private int heard;
    private bool isOver;

    /// <param name="begun">As written in a JSON string; empty: nothing is repeated.</param>
    public RepeatedText(ReadOnlyMemory<byte> begun) => isOver = begun.IsEmpty || !TryUnescape(begun.Span, out expected);

    /// <summary>What of a piece is new.</summary>
    /// <param name="text">As written in a JSON string.</param>
    public ReadOnlySpan<byte> New(ReadOnlySpan<byte> text)
    {
        if (isOver)
        {
            return text;
        }

        var rest = expected.AsSpan(heard);
        // Half of a character, which its other half follows.
        var isText = TryUnescape(text, out var said);
        if (isText && said.Length < rest.Length && rest.StartsWith(said))
        {
            heard += said.Length;
            return default;
        }

        isOver = true;
        return isText && said.AsSpan().StartsWith(rest) ? JsonStringText.Escape(said.AsSpan(rest.Length)) : (byte[])[.. Held(), .. text];
    }

    /// <summary>The answer ends: what sounded like a repetition and was none.</summary>
    public ReadOnlySpan<byte> End()
    {
        var held = isOver ? default : Held();
        isOver = true;
        return held;
    }

    private ReadOnlySpan<byte> Held() => JsonStringText.Escape(expected.AsSpan(0, heard));

    private static bool TryUnescape(ReadOnlySpan<byte> text, out byte[] said)
    {
        try
        {
            var reader = new Utf8JsonReader([(byte)'"', .. text, (byte)'"']);
            reader.Read();
            var buffer = new byte[text.Length];
            said = buffer[..reader.CopyString(buffer)];
            return true;
        }
        catch (InvalidOperationException)
        {
            said = [];
            return false;
        }
    }
}
