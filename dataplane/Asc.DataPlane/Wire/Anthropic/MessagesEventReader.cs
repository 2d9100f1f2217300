using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Reads the events of a messages stream. O(their length), allocates nothing but a region's name.</summary>
internal static class MessagesEventReader
{
    /// <param name="data">An event's data; not empty.</param>
    /// <exception cref="JsonException">The event's data is not a JSON object.</exception>
    public static StreamEvent Read(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            // Of servers that resemble several: nothing of this protocol's.
            return default;
        }

        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        var read = new StreamEvent { HasContent = true };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                read.IsError |= reader.IsText("error"u8);
                read.IsEnd |= reader.IsText("message_stop"u8);
            }
            else if (reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                ReadDelta(ref reader, ref read);
            }
            else if (reader.ValueTextEquals("content_block"u8))
            {
                reader.Read();
                read.Thinks = reader.HasMember("type"u8, "thinking"u8) || reader.HasMember("type"u8, "redacted_thinking"u8);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                ReadUsage(ref reader, ref read);
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                ReadMessage(ref reader, ref read);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return read;
    }

    /// <summary>At the end, beside the reason: the answer's total, and of the prompt what has turned out to be otherwise.</summary>
    public static void ReadUsage(ref Utf8JsonReader reader, ref StreamEvent read)
    {
        var usage = MessagesUsage.Read(ref reader);
        Take(usage, ref read);
        (read.OutputTokens, read.ReasoningTokens) = (usage.Output, usage.Reasoning);
    }

    /// <summary>At the start. Its count of what was generated says nothing yet.</summary>
    public static void ReadMessage(ref Utf8JsonReader reader, ref StreamEvent read)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = reader.ValueTextEquals("usage"u8);
            reader.Read();
            if (isUsage)
            {
                Take(MessagesUsage.Read(ref reader), ref read);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void Take(in MessagesUsage usage, ref StreamEvent read)
    {
        read.PromptUsage = usage.Prompt;
        read.Region = usage.Region ?? read.Region;
    }

    private static void ReadDelta(ref Utf8JsonReader reader, ref StreamEvent read)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isGenerated = reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("partial_json"u8) || reader.ValueTextEquals("thinking"u8);
            var isReason = reader.ValueTextEquals("stop_reason"u8);
            reader.Read();
            if (isGenerated && reader.TokenType == JsonTokenType.String)
            {
                read.AddGenerated(JsonSlice.InQuotes(ref reader));
            }

            read.Finished |= isReason && reader.TokenType == JsonTokenType.String;
            reader.Skip();
        }
    }
}
