using System.Text.Encodings.Web;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>What stands in a JSON string, as it is written, and what it means.</summary>
internal static class JsonStringText
{
    private static ReadOnlySpan<byte> NoArguments => "{}"u8;

    /// <summary>Writes <paramref name="text"/> so that it can stand in a JSON string.</summary>
    public static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;

    /// <summary>How long the beginning of <paramref name="written"/> may be, up to <paramref name="maximum"/> bytes, without a part of a character or of an escape at its end.</summary>
    public static int WholeCharacters(ReadOnlySpan<byte> written, int maximum)
    {
        var length = 0;
        while (length < written.Length)
        {
            var next = length + LengthOfFirst(written[length..]);
            if (next > Math.Min(maximum, written.Length))
            {
                break;
            }

            length = next;
        }

        return length;
    }

    /// <summary>Whether a string of a JSON text holds half of a surrogate pair, written as an escape: it is no text then. Nothing that reads JSON notices until the string is asked for.</summary>
    /// <param name="json">Read before, so that every escape is whole.</param>
    public static bool HasHalfCharacter(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            json = json[escape..];
            if (IsLow(json) || (IsHigh(json) && !IsLow(json[6..])))
            {
                return true;
            }

            json = json[LengthOfFirst(json)..];
        }

        return false;
    }

    // D800 to DBFF.
    private static bool IsHigh(ReadOnlySpan<byte> text) => text is [(byte)'\\', (byte)'u', (byte)'d' or (byte)'D', (byte)'8' or (byte)'9' or (byte)'a' or (byte)'b' or (byte)'A' or (byte)'B', ..];

    // DC00 to DFFF.
    private static bool IsLow(ReadOnlySpan<byte> text) => text is [(byte)'\\', (byte)'u', (byte)'d' or (byte)'D', (>= (byte)'c' and <= (byte)'f') or (>= (byte)'C' and <= (byte)'F'), ..];

    private static int LengthOfFirst(ReadOnlySpan<byte> text) => text switch
    {
        // The other half of a character stands in an escape of its own.
        _ when IsHigh(text) => 12,
        [(byte)'\\', (byte)'u', ..] => 6,
        [(byte)'\\', ..] => 2,
        [>= 0xF0, ..] => 4,
        [>= 0xE0, ..] => 3,
        [>= 0xC0, ..] => 2,
        _ => 1,
    };

    /// <summary>A call's arguments as the object that they are; an empty one where they are none, as where the answer was cut off within them.</summary>
    /// <param name="arguments">JSON, as it stands in a JSON string.</param>
    public static ReadOnlyMemory<byte> ArgumentsObject(ReadOnlySpan<byte> arguments)
    {
        if (arguments.IsEmpty)
        {
            return NoArguments.ToArray();
        }

        byte[] quoted = [(byte)'"', .. arguments, (byte)'"'];
        var text = new byte[arguments.Length];
        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            var length = reader.CopyString(text);
            var value = new Utf8JsonReader(text.AsSpan(0, length), new JsonReaderOptions { MaxDepth = CallArguments.DepthMaximum });
            value.Read();
            var isObject = value.TokenType == JsonTokenType.StartObject;
            value.Skip();
            return isObject && !value.Read() ? text.AsMemory(0, length) : NoArguments.ToArray();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return NoArguments.ToArray();
        }
    }
}
