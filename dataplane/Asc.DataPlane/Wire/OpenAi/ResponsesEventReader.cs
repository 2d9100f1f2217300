using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Reads the events of a response's stream (facts: 2.2). O(their length), allocates nothing.</summary>
internal static class ResponsesEventReader
{
    /// <param name="data">An event's data; not empty.</param>
    /// <exception cref="JsonException">The event's data is not a JSON object.</exception>
    public static StreamEvent Read(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        var read = new StreamEvent { HasContent = true };
        var (isDelta, delta) = (false, default(JsonSlice));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isDelta = reader.TokenType == JsonTokenType.String && reader.ValueSpan.EndsWith(".delta"u8);
                read.Finished = reader.IsText("response.completed"u8) || reader.IsText("response.incomplete"u8);
                read.IsEnd = read.Finished;
                read.IsError = reader.IsText("error"u8) || reader.IsText("response.failed"u8);
            }
            else if (reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                delta = reader.TokenType == JsonTokenType.String ? JsonSlice.InQuotes(ref reader) : default;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("item"u8))
            {
                reader.Read();
                read.Thinks = reader.HasMember("type"u8, "reasoning"u8);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("response"u8))
            {
                reader.Read();
                ReadResponse(ref reader, ref read);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (isDelta)
        {
            read.AddGenerated(delta);
        }

        return read;
    }

    private static void ReadResponse(ref Utf8JsonReader reader, ref StreamEvent read)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isUsage, isId) = (reader.ValueTextEquals("usage"u8), reader.ValueTextEquals("id"u8));
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
            {
                // Behind its quote.
                read.AnswerId = new((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            }

            if (isUsage && reader.TokenType == JsonTokenType.StartObject)
            {
                read.Usage = ChatUsageReader.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
