using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Leaves out what an answer repeats of its own beginning, which the client has. Pieces may end anywhere, and be written with other escapes.</summary>
internal sealed class RepeatedText(ReadOnlyMemory<byte> begun)
{
    private readonly byte[] expected = Unescaped(begun.Span);
    private int heard;
    private bool isOver = begun.IsEmpty;

    /// <summary>What of a piece is new.</summary>
    /// <param name="text">As written in a JSON string.</param>
    public ReadOnlySpan<byte> New(ReadOnlySpan<byte> text)
    {
        if (isOver)
        {
            return text;
        }

        var said = Unescaped(text);
        var rest = expected.AsSpan(heard);
        if (rest.StartsWith(said) && said.Length < rest.Length)
        {
            heard += said.Length;
            return default;
        }

        isOver = true;
        return said.AsSpan().StartsWith(rest) ? JsonStringText.Escape(said.AsSpan(rest.Length)) : (byte[])[.. Held(), .. text];
    }

    /// <summary>The answer ends: what sounded like a repetition and was none.</summary>
    public ReadOnlySpan<byte> End()
    {
        var held = isOver ? default : Held();
        isOver = true;
        return held;
    }

    private ReadOnlySpan<byte> Held() => JsonStringText.Escape(expected.AsSpan(0, heard));

    private static byte[] Unescaped(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader([(byte)'"', .. text, (byte)'"']);
        reader.Read();
        var buffer = new byte[text.Length];
        return buffer[..reader.CopyString(buffer)];
    }
}
