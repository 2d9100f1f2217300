using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Embeddings;

/// <summary>The vectors of an answer, as arrays of numbers or as base64 of float32, little-endian.</summary>
internal static class Vectors
{
    /// <summary>Whether the first is numbers.</summary>
    /// <exception cref="JsonException">The answer is not JSON.</exception>
    public static bool AreNumbers(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("embedding"u8))
            {
                reader.Read();
                return reader.TokenType == JsonTokenType.StartArray;
            }
        }

        return false;
    }

    /// <summary>Writes the elements of an answer's <c>data</c>.</summary>
    /// <exception cref="JsonException">They are no vectors.</exception>
    public static void Copy(ReadOnlySpan<byte> answer, Utf8JsonWriter writer, bool asBase64)
    {
        var reader = new Utf8JsonReader(answer);
        var floats = new ArrayBufferWriter<byte>();
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (!isData)
            {
                reader.Skip();
                continue;
            }

            Expect(reader.TokenType == JsonTokenType.StartArray);
            for (var place = 0; reader.Read() && reader.TokenType == JsonTokenType.StartObject; place++)
            {
                CopyElement(ref reader, answer, place, writer, asBase64, floats);
            }
        }
    }

    private static void CopyElement(ref Utf8JsonReader reader, ReadOnlySpan<byte> answer, int place, Utf8JsonWriter writer, bool asBase64, ArrayBufferWriter<byte> floats)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "embedding"u8);
        var (index, isVector) = (place, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isEmbedding, isIndex) = (reader.ValueTextEquals("embedding"u8), reader.ValueTextEquals("index"u8));
            reader.Read();
            if (isEmbedding)
            {
                Expect(!isVector);
                isVector = true;
                writer.WritePropertyName("embedding"u8);
                CopyVector(ref reader, answer, writer, asBase64, floats);
            }
            else
            {
                index = isIndex && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var told) ? told : index;
                reader.Skip();
            }
        }

        Expect(isVector);
        writer.WriteNumber("index"u8, index);
        writer.WriteEndObject();
    }

    private static void CopyVector(ref Utf8JsonReader reader, ReadOnlySpan<byte> answer, Utf8JsonWriter writer, bool asBase64, ArrayBufferWriter<byte> floats)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            Expect(reader.TryGetBytesFromBase64(out var bytes) && bytes.Length % sizeof(float) == 0);
            Write(writer, bytes, asBase64);
            return;
        }

        Expect(reader.TokenType == JsonTokenType.StartArray);
        var start = (int)reader.TokenStartIndex;
        floats.ResetWrittenCount();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out _));
            BinaryPrimitives.WriteSingleLittleEndian(floats.GetSpan(sizeof(float)), reader.GetSingle());
            floats.Advance(sizeof(float));
        }

        if (asBase64)
        {
            Write(writer, floats.WrittenSpan, asBase64);
        }
        else
        {
            // Numbers stay as they were written.
            writer.WriteRawValue(answer[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> floats, bool asBase64)
    {
        if (asBase64)
        {
            writer.WriteBase64StringValue(floats);
            return;
        }

        writer.WriteStartArray();
        for (; floats.Length > 0; floats = floats[sizeof(float)..])
        {
            var number = BinaryPrimitives.ReadSingleLittleEndian(floats);
            Expect(float.IsFinite(number));
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static void Expect(bool isSo)
    {
        if (!isSo)
        {
            throw new JsonException("no vectors");
        }
    }
}
