using System.Buffers;
using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// What a response says of the request that it answers, as OpenAI's do (facts: 2.2): values as the client wrote them, OpenAI's defaults where it wrote none. What its
/// provider was not asked for is told as what it was served with instead.
/// </summary>
internal sealed class ResponseEcho
{
    private readonly ReadOnlyMemory<byte> body;
    private readonly TranslationTarget? target;
    private readonly WrittenRequest written;
    private readonly Dictionary<string, JsonSlice> fields = [];

    public ResponseEcho(in AnswerIdentity answer)
    {
        (body, target, written) = (answer.Request, answer.Target, answer.Written);
        if (body.IsEmpty)
        {
            return;
        }

        var reader = new Utf8JsonReader(body.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var isNull = reader.TokenType == JsonTokenType.Null;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isNull)
            {
                fields[name] = new(start, (int)reader.BytesConsumed - start);
            }
        }
    }

    /// <summary>Writes the members of the response.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("background"u8, false);
        Write(writer, "instructions", "null"u8);
        WriteBound(writer);
        Write(writer, "max_tool_calls", "null"u8, RequestFeatures.OtherFields);
        Write(writer, "metadata", "{}"u8);
        Write(writer, "parallel_tool_calls", "true"u8);
        writer.WriteNull("previous_response_id"u8);
        Write(writer, "prompt_cache_key", "null"u8, RequestFeatures.PromptCacheKey);
        WriteReasoning(writer);
        Write(writer, "safety_identifier", "null"u8, RequestFeatures.EndUser);
        if (fields.ContainsKey("service_tier"))
        {
            Write(writer, "service_tier", default);
        }

        // Whatever its default is elsewhere, nobody is let keep anything.
        writer.WriteBoolean("store"u8, false);
        WriteSampling(writer);
        WriteText(writer);
        Write(writer, "tool_choice", "\"auto\""u8, RequestFeatures.ForcedTools | (written.Effort > ReasoningEffort.None ? RequestFeatures.ForcedToolsWithReasoning : RequestFeatures.None));
        Write(writer, "tools", "[]"u8);
        Write(writer, "top_logprobs", "0"u8, RequestFeatures.Logprobs);
        Write(writer, "truncation", "\"disabled\""u8, RequestFeatures.OtherFields);
        Write(writer, "user", "null"u8, RequestFeatures.EndUser);
    }

    // Null is what nobody knows: who isn't asked for one samples as its provider likes.
    private void WriteSampling(Utf8JsonWriter writer)
    {
        if (Drops(RequestFeatures.Temperature | RequestFeatures.SamplingWithReasoning))
        {
            writer.WriteNull("temperature"u8);
        }
        else
        {
            Write(writer, "temperature", "1"u8, RequestFeatures.HighTemperature);
        }

        if (Drops(RequestFeatures.SamplingWithReasoning) || (Drops(RequestFeatures.TopP | RequestFeatures.TopPWithTemperature) && target is { CarriesTopP: false }))
        {
            writer.WriteNull("top_p"u8);
        }
        else
        {
            Write(writer, "top_p", "1"u8);
        }
    }

    // The tenant may have a bound of its own, and the model.
    private void WriteBound(Utf8JsonWriter writer)
    {
        if (target?.AnswerBound() is { } bound)
        {
            writer.WriteNumber("max_output_tokens"u8, bound);
        }
        else
        {
            Write(writer, "max_output_tokens", "null"u8);
        }
    }

    // A translated answer has no summary, and the effort is the nearest that the model has.
    private void WriteReasoning(Utf8JsonWriter writer)
    {
        var effort = Member("reasoning", "effort"u8);
        var summary = Member("reasoning", "summary"u8);
        writer.WriteStartObject("reasoning"u8);
        writer.WritePropertyName("effort"u8);
        if (target is null)
        {
            WriteOneLine(writer, effort.IsEmpty ? "null"u8 : effort);
        }
        else if (written.Effort != ReasoningEffort.Unsaid)
        {
            writer.WriteStringValue(written.Effort.OpenAiWord());
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WritePropertyName("summary"u8);
        WriteOneLine(writer, summary.IsEmpty || target is not null ? "null"u8 : summary);
        writer.WriteEndObject();
    }

    private void WriteText(Utf8JsonWriter writer)
    {
        var format = Member("text", "format"u8);
        var verbosity = Member("text", "verbosity"u8);
        writer.WriteStartObject("text"u8);
        writer.WritePropertyName("format"u8);
        WriteOneLine(writer, format.IsEmpty || Drops(RequestFeatures.JsonObject) ? """{"type":"text"}"""u8 : format);
        if (!verbosity.IsEmpty && !Drops(RequestFeatures.Verbosity))
        {
            writer.WritePropertyName("verbosity"u8);
            WriteOneLine(writer, verbosity);
        }

        writer.WriteEndObject();
    }

    /// <param name="writer">What it is written to.</param>
    /// <param name="name">The field's.</param>
    /// <param name="otherwise">What holds where the client didn't say.</param>
    /// <param name="feature">What it asks for; where that is dropped the client might as well not have said.</param>
    private void Write(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> otherwise, RequestFeatures feature = RequestFeatures.None)
    {
        writer.WritePropertyName(name);
        WriteOneLine(writer, fields.TryGetValue(name, out var said) && !Drops(feature) ? said.Of(body.Span) : otherwise);
    }

    private bool Drops(RequestFeatures features) => (written.Lost & features) != 0;

    // What stands in the object that a field is; empty: nothing, or null.
    private ReadOnlySpan<byte> Member(string field, ReadOnlySpan<byte> name)
    {
        if (!fields.TryGetValue(field, out var place))
        {
            return default;
        }

        var value = place.Of(body.Span);
        var reader = new Utf8JsonReader(value);
        reader.Read();
        if (!reader.MovesTo(name) || reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return value[start..(int)reader.BytesConsumed];
    }

    // An event ends at a line's end. Within JSON one can only stand between tokens.
    private static void WriteOneLine(Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        if (!json.ContainsAny((byte)'\n', (byte)'\r'))
        {
            writer.WriteRawValue(json, skipInputValidation: true);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(json.Length);
        var line = rented.AsSpan(0, json.Length);
        json.Replace(line, (byte)'\n', (byte)' ');
        line.Replace((byte)'\r', (byte)' ');
        writer.WriteRawValue(line, skipInputValidation: true);
        line.Clear();
        ArrayPool<byte>.Shared.Return(rented);
    }
}
