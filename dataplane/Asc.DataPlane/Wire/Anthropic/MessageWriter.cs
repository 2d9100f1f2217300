using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Writes an answer as one message (facts: 2.3, 3.5).</summary>
internal sealed class MessageWriter(AnswerIdentity answer) : WholeAnswerPieces
{
    public override void End(in TokenUsage usage)
    {
        using var writer = new Utf8JsonWriter(Output, new() { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("id"u8, answer.Id("msg_"));
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteString("model"u8, answer.Model);
        writer.WriteStartArray("content"u8);
        WriteText(writer, TextSoFar.WrittenSpan);
        WriteText(writer, RefusalSoFar.WrittenSpan);
        WriteCalls(writer);
        writer.WriteEndArray();
        var reason = MessagesAnswerWords.ReasonOf(Reason, declines: RefusalSoFar.WrittenCount > 0);
        writer.WriteString("stop_reason"u8, MessagesAnswerWords.Of(reason));
        writer.WritePropertyName("stop_sequence"u8);
        if (StopSequence.Length > 0)
        {
            writer.WriteInside(StopSequence);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WritePropertyName("stop_details"u8);
        writer.WriteRawValue(MessagesAnswerWords.StopDetails(reason, RefusalSoFar.WrittenSpan), skipInputValidation: true);
        writer.WritePropertyName("usage"u8);
        MessagesAnswerWords.WriteUsage(writer, usage);
        writer.WriteEndObject();
        writer.Flush();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WritePropertyName("text"u8);
        writer.WriteInside(text);
        writer.WriteEndObject();
    }

    private void WriteCalls(Utf8JsonWriter writer)
    {
        foreach (var call in Calls)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "tool_use"u8);
            writer.WritePropertyName("id"u8);
            writer.WriteInside(call.Id);
            writer.WritePropertyName("name"u8);
            writer.WriteInside(call.Name);
            writer.WriteStartObject("caller"u8);
            writer.WriteString("type"u8, "direct"u8);
            writer.WriteEndObject();
            writer.WritePropertyName("input"u8);
            writer.WriteRawValue(JsonStringText.ArgumentsObject(call.Arguments.WrittenSpan).Span, skipInputValidation: true);
            writer.WriteEndObject();
        }
    }
}
