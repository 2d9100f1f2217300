using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>A call of a tool as an answer holds it, whole or in pieces. Texts are as written between quotes; empty where absent.</summary>
internal ref struct ChatCallDelta
{
    /// <summary>Null where it is not said.</summary>
    public int? Index;
    public ReadOnlySpan<byte> Id;
    public ReadOnlySpan<byte> Name;

    /// <summary>JSON in a JSON string.</summary>
    public ReadOnlySpan<byte> Arguments;

    /// <summary>JSON of an object, where that is what arguments are (Mistral).</summary>
    public ReadOnlySpan<byte> ArgumentsObject;

    /// <param name="reader">Stands on the value.</param>
    /// <param name="json">What it reads.</param>
    public static ChatCallDelta Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var read = default(ChatCallDelta);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("index"u8) && reader.TokenType == JsonTokenType.Number)
            {
                read.Index = reader.TryGetInt32(out var index) ? index : null;
            }
            else if (name.SequenceEqual("id"u8))
            {
                // Mistral writes that it has none as a word.
                read.Id = JsonTexts.Read(ref reader) is var id && !id.SequenceEqual("null"u8) ? id : default;
            }
            else if (name.SequenceEqual("function"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                read.ReadFunction(ref reader, json);
            }
            else
            {
                reader.Skip();
            }
        }

        return read;
    }

    /// <summary>Reads a <c>function_call</c>, of which an answer has one: what it was before there were tools, and at some servers still is.</summary>
    /// <inheritdoc cref="Read"/>
    public static ChatCallDelta ReadFunctionAlone(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var read = default(ChatCallDelta);
        read.ReadFunction(ref reader, json);
        return read;
    }

    private void ReadFunction(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("name"u8))
            {
                Name = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("arguments"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                ArgumentsObject = json[start..(int)reader.BytesConsumed];
            }
            else if (name.SequenceEqual("arguments"u8))
            {
                Arguments = JsonTexts.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
