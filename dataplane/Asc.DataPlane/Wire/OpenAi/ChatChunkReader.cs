using System.Text.Json;
using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>What one event of a chat completion stream says. O(its length), allocates nothing.</summary>
/// <param name="HasChoices">Whether <c>choices</c> holds anything.</param>
/// <param name="GeneratedBytes">Length of what was generated: text, refusal, tool arguments, as written.</param>
/// <param name="Finished">Whether a choice gave its <c>finish_reason</c>.</param>
/// <param name="Usage">The usage, where the event carries it.</param>
/// <param name="IsError">Whether the event is an error.</param>
internal readonly record struct ChatChunk(bool HasChoices, int GeneratedBytes, bool Finished, TokenUsage? Usage, bool IsError)
{
    /// <exception cref="JsonException">The event's data is not a JSON object.</exception>
    public static ChatChunk Read(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        var chunk = default(ChatChunk);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                chunk = ReadChoices(ref reader, chunk);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                chunk = reader.TokenType == JsonTokenType.StartObject ? chunk with { Usage = ChatUsageReader.Read(ref reader) } : Skip(ref reader, chunk);
            }
            else
            {
                var isError = reader.ValueTextEquals("error"u8);
                reader.Read();
                chunk = Skip(ref reader, isError && reader.TokenType != JsonTokenType.Null ? chunk with { IsError = true } : chunk);
            }
        }

        return chunk;
    }

    private static ChatChunk Skip(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        reader.Skip();
        return chunk;
    }

    private static ChatChunk ReadChoices(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Skip(ref reader, chunk);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            chunk = chunk with { HasChoices = true };
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("delta"u8))
                {
                    reader.Read();
                    chunk = chunk with { GeneratedBytes = chunk.GeneratedBytes + GeneratedIn(ref reader) };
                }
                else
                {
                    var isFinish = reader.ValueTextEquals("finish_reason"u8);
                    reader.Read();
                    chunk = Skip(ref reader, isFinish && reader.TokenType == JsonTokenType.String ? chunk with { Finished = true } : chunk);
                }
            }
        }

        return chunk;
    }

    // All strings of the delta but those that say what kind of thing it is.
    private static int GeneratedIn(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return 0;
        }

        var bytes = 0;
        var depth = reader.CurrentDepth;
        var counts = false;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                counts = !reader.ValueTextEquals("role"u8) && !reader.ValueTextEquals("id"u8) && !reader.ValueTextEquals("type"u8);
            }
            else if (reader.TokenType == JsonTokenType.String && counts)
            {
                bytes += reader.ValueSpan.Length;
            }
        }

        return bytes;
    }
}
