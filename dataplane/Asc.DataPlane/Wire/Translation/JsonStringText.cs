using System.Text.Encodings.Web;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>What stands in a JSON string, as it is written, and what it means.</summary>
internal static class JsonStringText
{
    private static ReadOnlySpan<byte> NoArguments => "{}"u8;

    /// <summary>Writes <paramref name="text"/> so that it can stand in a JSON string.</summary>
    public static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;

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
            var value = new Utf8JsonReader(text.AsSpan(0, length));
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
