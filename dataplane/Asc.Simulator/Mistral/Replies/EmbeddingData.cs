using System.Text.Json;
using Asc.Simulator.Answers;

namespace Asc.Simulator.Mistral.Replies;

/// <summary>Writes one vector in the type and encoding that the request asks for.</summary>
internal static class EmbeddingData
{
    private const int Scale = 127;
    private const int Bits = 8;

    public static void Write(Utf8JsonWriter json, float[] vector, EmbeddingRequest request)
    {
        if (request.DataType == "float" && !request.IsBase64)
        {
            json.WriteStartArray();
            foreach (var value in vector)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
            return;
        }

        if (request.IsBase64)
        {
            json.WriteBase64StringValue(request.DataType == "float" ? EmbeddingVector.Bytes(vector) : Bytes(vector, request.DataType));
            return;
        }

        json.WriteStartArray();
        foreach (var value in Bytes(vector, request.DataType))
        {
            json.WriteNumberValue(request.DataType is "int8" or "binary" ? (sbyte)value : value);
        }

        json.WriteEndArray();
    }

    // As numbers from -127 to 127, the same from 1 to 255, or eight signs a byte.
    private static byte[] Bytes(float[] vector, string type) => type switch
    {
        "int8" => [.. vector.Select(value => unchecked((byte)(sbyte)Math.Round(value * Scale)))],
        "uint8" => [.. vector.Select(value => (byte)(Math.Round(value * Scale) + Scale + 1))],
        _ => [.. vector.Chunk(Bits).Select(signs => (byte)signs.Aggregate(0, (bits, value) => (bits << 1) | (value > 0 ? 1 : 0)))],
    };
}
