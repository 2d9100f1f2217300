using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>A stream's event: the parts that make up an answer, in whatever order they stand, and what it says beside them. Texts are as written between quotes; empty where absent.</summary>
internal ref struct MessagesEvent
{
    public ReadOnlySpan<byte> Type;
    public Block Block;
    public Delta Delta;
    public StreamEvent Told;

    /// <exception cref="JsonException">The data is not a JSON object.</exception>
    public static MessagesEvent Read(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        var read = default(MessagesEvent);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isBlock, isDelta) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("content_block"u8), reader.ValueTextEquals("delta"u8));
            var (isUsage, isMessage) = (reader.ValueTextEquals("usage"u8), reader.ValueTextEquals("message"u8));
            reader.Read();
            if (isType)
            {
                read.Type = JsonTexts.Read(ref reader);
            }
            else if (isBlock)
            {
                read.Block = Block.Read(ref reader, data);
            }
            else if (isDelta)
            {
                read.Delta = Delta.Read(ref reader);
            }
            else if (isUsage)
            {
                MessagesEventReader.ReadUsage(ref reader, ref read.Told);
            }
            else if (isMessage)
            {
                MessagesEventReader.ReadMessage(ref reader, ref read.Told);
            }
            else
            {
                reader.Skip();
            }
        }

        read.Told.IsError = read.Type.SequenceEqual("error"u8);
        read.Told.IsEnd = read.Type.SequenceEqual("message_stop"u8);
        read.Told.Finished = !read.Delta.StopReason.IsEmpty;
        read.Told.AddGenerated(read.Delta.Text, data);
        read.Told.AddGenerated(read.Delta.PartialJson, data);
        read.Told.AddGenerated(read.Delta.Thinking, data);
        return read;
    }
}

/// <summary>A content block, whole or as it begins.</summary>
internal ref struct Block
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Id;
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Text;
    public ReadOnlySpan<byte> Thinking;
    public ReadOnlySpan<byte> Signature;
    public ReadOnlySpan<byte> Data;

    /// <summary>JSON of an object.</summary>
    public ReadOnlySpan<byte> Input;

    /// <param name="reader">Stands on the value.</param>
    /// <param name="json">What it reads.</param>
    public static Block Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var read = default(Block);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return read;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("type"u8))
            {
                read.Type = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("id"u8))
            {
                read.Id = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("name"u8))
            {
                read.Name = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("text"u8))
            {
                read.Text = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("thinking"u8))
            {
                read.Thinking = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("signature"u8))
            {
                read.Signature = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("data"u8))
            {
                read.Data = JsonTexts.Read(ref reader);
            }
            else
            {
                var (start, isInput) = ((int)reader.TokenStartIndex, name.SequenceEqual("input"u8) && reader.TokenType == JsonTokenType.StartObject);
                reader.Skip();
                read.Input = isInput ? json[start..(int)reader.BytesConsumed] : read.Input;
            }
        }

        return read;
    }
}

/// <summary>What an event adds: to a block, or at the end to the message.</summary>
internal ref struct Delta
{
    public ReadOnlySpan<byte> Text;
    public ReadOnlySpan<byte> PartialJson;
    public ReadOnlySpan<byte> Thinking;
    public ReadOnlySpan<byte> Signature;
    public ReadOnlySpan<byte> StopReason;
    public ReadOnlySpan<byte> StopSequence;

    /// <summary>Why the model declines.</summary>
    public ReadOnlySpan<byte> Explanation;

    /// <param name="reader">Stands on the value.</param>
    public static Delta Read(scoped ref Utf8JsonReader reader)
    {
        var read = default(Delta);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return read;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            read.Take(name, ref reader);
        }

        return read;
    }

    /// <summary>Reads a member, be it of a whole message.</summary>
    public void Take(ReadOnlySpan<byte> name, scoped ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("text"u8))
        {
            Text = JsonTexts.Read(ref reader);
        }
        else if (name.SequenceEqual("partial_json"u8))
        {
            PartialJson = JsonTexts.Read(ref reader);
        }
        else if (name.SequenceEqual("thinking"u8))
        {
            Thinking = JsonTexts.Read(ref reader);
        }
        else if (name.SequenceEqual("signature"u8))
        {
            Signature = JsonTexts.Read(ref reader);
        }
        else if (name.SequenceEqual("stop_reason"u8))
        {
            StopReason = JsonTexts.Read(ref reader);
        }
        else if (name.SequenceEqual("stop_sequence"u8))
        {
            StopSequence = JsonTexts.Read(ref reader);
        }
        else if (name.SequenceEqual("stop_details"u8) && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isExplanation = reader.ValueTextEquals("explanation"u8);
                reader.Read();
                var text = JsonTexts.Read(ref reader);
                Explanation = isExplanation ? text : Explanation;
            }
        }
        else
        {
            reader.Skip();
        }
    }
}
