using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>The parts of a stream's event that make up an answer, in whatever order they stand. Texts are as written between quotes; empty where absent.</summary>
internal ref struct ResponsesEvent
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Delta;

    /// <summary>All of a call's, JSON in a JSON string.</summary>
    public ReadOnlySpan<byte> Arguments;

    /// <summary>Which item of the output it is of; null where it is not said.</summary>
    public int? OutputIndex;

    public ResponsesOutput Item;
    public ResponsesEnd End;

    /// <summary>What it says beside the answer.</summary>
    public StreamEvent Told;

    /// <exception cref="JsonException">The data is not a JSON object.</exception>
    public static ResponsesEvent Read(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        var read = new ResponsesEvent { Told = new() { HasContent = true } };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("type"u8))
            {
                read.Type = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("delta"u8))
            {
                read.Delta = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("arguments"u8))
            {
                read.Arguments = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("output_index"u8) && reader.TokenType == JsonTokenType.Number)
            {
                read.OutputIndex = reader.TryGetInt32(out var index) ? index : null;
            }
            else if (name.SequenceEqual("item"u8))
            {
                read.Item = ResponsesOutput.Read(ref reader, data);
            }
            else if (name.SequenceEqual("response"u8))
            {
                read.End = ResponsesEnd.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        read.Tell(data);
        return read;
    }

    private void Tell(ReadOnlySpan<byte> data)
    {
        Told.IsError = Type.SequenceEqual("error"u8) || Type.SequenceEqual("response.failed"u8);
        Told.Finished = Told.IsEnd = Type.SequenceEqual("response.completed"u8) || Type.SequenceEqual("response.incomplete"u8);
        Told.Usage = End.Usage;
        if (Type.EndsWith(".delta"u8))
        {
            Told.AddGenerated(Delta, data);
        }
    }
}

/// <summary>An item of a response's output, whole or as it begins.</summary>
internal ref struct ResponsesOutput
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> CallId;
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Arguments;

    /// <summary>JSON of an array: what a message says.</summary>
    public ReadOnlySpan<byte> Content;

    /// <summary>JSON of an array: what reasoning comes to.</summary>
    public ReadOnlySpan<byte> Summary;

    public readonly bool IsCall => Type.SequenceEqual("function_call"u8);

    /// <param name="reader">Stands on the value.</param>
    /// <param name="json">What it reads.</param>
    public static ResponsesOutput Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var read = default(ResponsesOutput);
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
            else if (name.SequenceEqual("call_id"u8))
            {
                read.CallId = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("name"u8))
            {
                read.Name = JsonTexts.Read(ref reader);
            }
            else if (name.SequenceEqual("arguments"u8))
            {
                read.Arguments = JsonTexts.Read(ref reader);
            }
            else
            {
                var (start, isList) = ((int)reader.TokenStartIndex, reader.TokenType == JsonTokenType.StartArray);
                reader.Skip();
                var list = isList ? json[start..(int)reader.BytesConsumed] : default;
                read.Content = name.SequenceEqual("content"u8) ? list : read.Content;
                read.Summary = name.SequenceEqual("summary"u8) ? list : read.Summary;
            }
        }

        return read;
    }
}

/// <summary>Whether a response was cut short, and by what, and what it used.</summary>
internal struct ResponsesEnd
{
    public bool IsIncomplete;
    public bool IsFiltered;
    public TokenUsage? Usage;

    /// <param name="reader">Stands on the response.</param>
    public static ResponsesEnd Read(scoped ref Utf8JsonReader reader)
    {
        var read = default(ResponsesEnd);
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

    /// <summary>Takes a member of the response, or passes over it.</summary>
    public void Take(ReadOnlySpan<byte> name, scoped ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("status"u8))
        {
            IsIncomplete = reader.IsText("incomplete"u8);
        }
        else if (name.SequenceEqual("incomplete_details"u8))
        {
            IsFiltered = reader.HasMember("reason"u8, "content_filter"u8);
        }
        else if (name.SequenceEqual("usage"u8) && reader.TokenType == JsonTokenType.StartObject)
        {
            Usage = ChatUsageReader.Read(ref reader);
        }

        reader.Skip();
    }
}
