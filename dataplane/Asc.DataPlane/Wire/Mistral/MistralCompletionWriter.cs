using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>Writes an answer as one chat completion of Mistral's (facts: 2.4, 6.3).</summary>
internal sealed class MistralCompletionWriter(AnswerIdentity answer) : WholeAnswerPieces
{
    public override void End(in TokenUsage usage)
    {
        using var writer = new Utf8JsonWriter(Output, new() { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("id"u8, answer.Id(""));
        writer.WriteNumber("created"u8, answer.CreatedAt.ToUnixTimeSeconds());
        writer.WriteString("model"u8, answer.Model);
        writer.WritePropertyName("usage"u8);
        MistralAnswerWords.WriteUsage(writer, usage);
        writer.WriteString("object"u8, "chat.completion"u8);
        writer.WriteStartArray("choices"u8);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, 0);
        writer.WriteString("finish_reason"u8, MistralAnswerWords.Of(Reason, declines: RefusalSoFar.WrittenCount > 0));
        writer.WriteStartObject("message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        WriteCalls(writer);
        WriteContent(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
    }

    // A list of chunks where the model thought.
    private void WriteContent(Utf8JsonWriter writer)
    {
        writer.WritePropertyName("content"u8);
        byte[] text = [.. TextSoFar.WrittenSpan, .. RefusalSoFar.WrittenSpan];
        if (ReasoningSoFar.WrittenCount == 0)
        {
            writer.WriteInside(text);
            return;
        }

        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("type"u8, "thinking"u8);
        writer.WriteStartArray("thinking"u8);
        WriteText(writer, ReasoningSoFar.WrittenSpan);
        writer.WriteEndArray();
        writer.WriteBoolean("closed"u8, true);
        writer.WriteEndObject();
        if (text.Length > 0)
        {
            WriteText(writer, text);
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WritePropertyName("text"u8);
        writer.WriteInside(text);
        writer.WriteEndObject();
    }

    private void WriteCalls(Utf8JsonWriter writer)
    {
        if (Calls.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tool_calls"u8);
        for (var index = 0; index < Calls.Count; index++)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id"u8);
            writer.WriteInside(CallIds.Of(Calls[index].Id));
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WritePropertyName("name"u8);
            writer.WriteInside(Calls[index].Name);
            writer.WritePropertyName("arguments"u8);
            writer.WriteInside(Calls[index].Arguments.WrittenSpan);
            writer.WriteEndObject();
            writer.WriteNumber("index"u8, index);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
