using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>Writes embeddings as a <c>list</c> object.</summary>
internal static class EmbeddingJsonWriter
{
    public static ReadOnlyMemory<byte> Write(EmbeddingRequest request, EmbeddingUsage? usage)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body, WireJson.Writing);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (var i = 0; i < request.Inputs.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", i);
            json.WritePropertyName("embedding");
            WriteVector(json, EmbeddingVector.Of(request.Inputs[i].ToString(), request.Dimensions), request.IsBase64);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", request.Model.Name);
        if (usage is not null)
        {
            json.WritePropertyName("usage");
            usage.Write(json);
        }

        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static void WriteVector(Utf8JsonWriter json, float[] vector, bool isBase64)
    {
        if (isBase64)
        {
            json.WriteBase64StringValue(EmbeddingVector.Bytes(vector));
            return;
        }

        json.WriteStartArray();
        foreach (var value in vector)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
