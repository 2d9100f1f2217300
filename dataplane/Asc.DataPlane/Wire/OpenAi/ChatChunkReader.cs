using System.Text.Json;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Reads the events of a chat completion stream. O(their length), allocates nothing.</summary>
internal static class ChatChunkReader
{
    // What comes after them counts as the last.
    private const int ChoicesMaximum = 64;

    /// <param name="data">An event's data; not empty.</param>
    /// <exception cref="JsonException">The event's data is not a JSON object.</exception>
    public static StreamEvent Read(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            return StreamEvent.End;
        }

        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        var chunk = default(StreamEvent);
        var (isAnswer, complains) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            complains |= ChatErrors.Complains(ref reader);
            if (reader.ValueTextEquals("choices"u8))
            {
                isAnswer = true;
                ReadChoices(ref reader, ref chunk);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                ReadUsage(ref reader, ref chunk);
            }
            else
            {
                chunk.IsError |= ChatErrors.IsError(ref reader);
                reader.Skip();
            }
        }

        chunk.IsError |= complains && !isAnswer;
        chunk.Finished = chunk.FinishedChoices != 0;
        return chunk;
    }

    /// <param name="reader">Stands on the member's name.</param>
    /// <param name="chunk">What it is read into.</param>
    public static void ReadUsage(ref Utf8JsonReader reader, ref StreamEvent chunk)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            (chunk.CarriesUsage, chunk.Usage) = (true, ChatUsageReader.Read(ref reader));
        }
        else if (reader.TokenType == JsonTokenType.Null)
        {
            chunk.NoUsage = new(start, (int)reader.BytesConsumed - start);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ReadChoices(ref Utf8JsonReader reader, ref StreamEvent chunk)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            chunk.HasContent = true;
            var (index, isFinished) = (0, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("delta"u8))
                {
                    reader.Read();
                    TakeGenerated(ref reader, ref chunk);
                }
                else
                {
                    var (isFinish, isIndex, isError) = (reader.ValueTextEquals("finish_reason"u8), reader.ValueTextEquals("index"u8), reader.ValueTextEquals("error"u8));
                    reader.Read();
                    chunk.IsError |= isError && reader.TokenType != JsonTokenType.Null;
                    isFinished |= isFinish && reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty;
                    index = isIndex && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var said) ? said : index;
                    reader.Skip();
                }
            }

            var choice = 1UL << Math.Clamp(index, 0, ChoicesMaximum - 1);
            (chunk.Choices, chunk.FinishedChoices) = (chunk.Choices | choice, isFinished ? chunk.FinishedChoices | choice : chunk.FinishedChoices);
        }
    }

    // All strings of the delta but those that say what kind of thing it is, and copies.
    private static void TakeGenerated(ref Utf8JsonReader reader, ref StreamEvent chunk)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var depth = reader.CurrentDepth;
        var counts = false;
        var name = ReadOnlySpan<byte>.Empty;
        var reasoning = default(ReasoningName);
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.ValueSpan;
                counts = !reader.ValueTextEquals("role"u8) && !reader.ValueTextEquals("id"u8) && !reader.ValueTextEquals("type"u8);
            }
            else if (reader.TokenType == JsonTokenType.String && counts && (!ReasoningName.Is(name) || reasoning.Hears(name, reader.ValueSpan)))
            {
                chunk.AddGenerated(JsonSlice.InQuotes(ref reader));
            }
        }
    }
}
