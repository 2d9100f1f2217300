using System.Text.Json;
using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>What one event of a chat completion stream says. O(its length), allocates nothing; filled in place, as it is read for each event of each stream.</summary>
internal struct ChatChunk
{
    /// <summary>Whether <c>choices</c> holds anything.</summary>
    public bool HasChoices { get; private set; }

    /// <summary>Length of what was generated: text, refusal, tool arguments, as written.</summary>
    public int GeneratedBytes { get; private set; }

    /// <summary>Whether a choice gave its <c>finish_reason</c>.</summary>
    public bool Finished { get; private set; }

    /// <summary>Whether the event is an error.</summary>
    public bool IsError { get; private set; }

    /// <summary>The usage, where the event carries it.</summary>
    public TokenUsage? Usage { get; private set; }

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
                chunk.ReadChoices(ref reader);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                chunk.ReadUsage(ref reader);
            }
            else
            {
                var isError = reader.ValueTextEquals("error"u8);
                reader.Read();
                chunk.IsError |= isError && reader.TokenType != JsonTokenType.Null;
                reader.Skip();
            }
        }

        return chunk;
    }

    private void ReadUsage(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            Usage = ChatUsageReader.Read(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadChoices(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            HasChoices = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("delta"u8))
                {
                    reader.Read();
                    GeneratedBytes += GeneratedIn(ref reader);
                }
                else
                {
                    var isFinish = reader.ValueTextEquals("finish_reason"u8);
                    reader.Read();
                    Finished |= isFinish && reader.TokenType == JsonTokenType.String;
                    reader.Skip();
                }
            }
        }
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
