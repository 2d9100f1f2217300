using System.Buffers;
using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Writes an answer as one chat completion (facts: 2.1, 3.2).</summary>
internal sealed class ChatCompletionWriter(AnswerIdentity answer) : WholeAnswerPieces
{
    public override void End(in TokenUsage usage)
    {
        using var writer = new Utf8JsonWriter(Output, new() { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("id"u8, answer.Id("chatcmpl-"));
        writer.WriteString("object"u8, "chat.completion"u8);
        writer.WriteNumber("created"u8, answer.CreatedAt.ToUnixTimeSeconds());
        writer.WriteString("model"u8, answer.Model);
        writer.WriteStartArray("choices"u8);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, 0);
        WriteMessage(writer);
        writer.WriteNull("logprobs"u8);
        writer.WriteString("finish_reason"u8, ChatAnswerWords.Of(Reason, answer.CallsFunctions));
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WritePropertyName("usage"u8);
        ChatAnswerWords.WriteUsage(writer, usage);
        writer.WriteEndObject();
        writer.Flush();
    }

    private void WriteMessage(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WritePropertyName("content"u8);
        if (TextSoFar.WrittenCount == 0 && (Calls.Count > 0 || RefusalSoFar.WrittenCount > 0))
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteInside(TextSoFar.WrittenSpan);
        }

        writer.WritePropertyName("refusal"u8);
        if (RefusalSoFar.WrittenCount > 0)
        {
            writer.WriteInside(RefusalSoFar.WrittenSpan);
        }
        else
        {
            writer.WriteNullValue();
        }

        WriteWhereAny(writer, "reasoning_content"u8, ReasoningSoFar);
        if (SignatureSoFar.WrittenCount > 0)
        {
            writer.WritePropertyName("reasoning_signature"u8);
            writer.WriteInside(CarriedReasoning.Signed(answer.SignatureMark, CarriedReasoning.LengthOf(ReasoningSoFar.WrittenSpan), SignatureSoFar.WrittenSpan));
        }

        WriteCalls(writer);
        writer.WriteEndObject();
    }

    private void WriteCalls(Utf8JsonWriter writer)
    {
        if (Calls.Count == 0)
        {
            return;
        }

        if (answer.CallsFunctions)
        {
            WriteFunction(writer, "function_call"u8, Calls[0]);
            return;
        }

        writer.WriteStartArray("tool_calls"u8);
        foreach (var call in Calls)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id"u8);
            writer.WriteInside(call.Id);
            writer.WriteString("type"u8, "function"u8);
            WriteFunction(writer, "function"u8, call);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFunction(Utf8JsonWriter writer, ReadOnlySpan<byte> member, GatheredCall call)
    {
        writer.WriteStartObject(member);
        writer.WritePropertyName("name"u8);
        writer.WriteInside(call.Name);
        writer.WritePropertyName("arguments"u8);
        writer.WriteInside(call.Arguments.WrittenSpan);
        writer.WriteEndObject();
    }

    private static void WriteWhereAny(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ArrayBufferWriter<byte> text)
    {
        if (text.WrittenCount > 0)
        {
            writer.WritePropertyName(name);
            writer.WriteInside(text.WrittenSpan);
        }
    }
}
