using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// Writes an answer as the events of a response (facts: 2.2, 3.7): each with the next number, each item and part told when it begins and once more, whole, when it
/// ends. So the answer is kept until then: the protocol asks for it.
/// </summary>
internal sealed class ResponsesEventWriter(AnswerIdentity answer) : AnswerWriter
{
    private const int DigitsMaximum = 11;
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ResponseObject response = new(answer);
    private readonly List<ResponseItem> calls = [];
    private ResponseItem? message;
    private int sequence;

    public override int Events => sequence;

    public override void Begin()
    {
        Tell("response.created", writer => WriteResponse(writer, null));
        Tell("response.in_progress", writer => WriteResponse(writer, null));
    }

    public override void Text(ReadOnlySpan<byte> text)
    {
        var item = OpenMessage();
        if (item.Text.WrittenCount == 0)
        {
            BeginPart(item, item.TextIndex, isRefusal: false);
        }

        Keep(item.Text, text);
        Delta("response.output_text.delta"u8, item, item.TextIndex, text);
    }

    public override void Refusal(ReadOnlySpan<byte> text)
    {
        var item = OpenMessage();
        if (item.Refusal.WrittenCount == 0)
        {
            item.RefusesFirst = item.Text.WrittenCount == 0;
            BeginPart(item, item.RefusalIndex, isRefusal: true);
        }

        Keep(item.Refusal, text);
        Delta("response.refusal.delta"u8, item, item.RefusalIndex, text);
    }

    public override void Reasoning(ReadOnlySpan<byte> text) => KeepAlive();

    public override void ReasoningSignature(ReadOnlySpan<byte> text)
    {
    }

    public override void RedactedReasoning(ReadOnlySpan<byte> data)
    {
    }

    public override void ToolCall(int ordinal, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        EndMessage();
        CountCall(id, name);
        calls.Add(response.Add(id.ToArray(), name.ToArray()));
        TellItem("response.output_item.added", calls[^1]);
    }

    public override void Arguments(int ordinal, ReadOnlySpan<byte> fragment)
    {
        Keep(calls[ordinal].Text, fragment);
        Delta("response.function_call_arguments.delta"u8, calls[ordinal], null, fragment);
    }

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> sequence)
    {
        response.Finish(reason);
        EndMessage();
        foreach (var call in calls)
        {
            call.IsDone = true;
            Tell("response.function_call_arguments.done", writer =>
            {
                Place(writer, call);
                writer.WritePropertyName("name"u8);
                writer.WriteInside(call.Name);
                writer.WritePropertyName("arguments"u8);
                writer.WriteInside(call.Text.WrittenSpan);
            });
            TellItem("response.output_item.done", call);
        }
    }

    public override void End(in TokenUsage usage)
    {
        var told = usage;
        Tell(response.IsIncomplete ? "response.incomplete" : "response.completed", writer => WriteResponse(writer, told));
    }

    public override void KeepAlive() => Write(": ping\n\n"u8);

    private ResponseItem OpenMessage()
    {
        if (message is null)
        {
            message = response.Add([], []);
            TellItem("response.output_item.added", message);
        }

        return message;
    }

    private void EndMessage()
    {
        if (message is not { } ended)
        {
            return;
        }

        message = null;
        if (ended.Text.WrittenCount > 0)
        {
            EndPart(ended, ended.TextIndex, isRefusal: false, ended.Text);
        }

        if (ended.Refusal.WrittenCount > 0)
        {
            EndPart(ended, ended.RefusalIndex, isRefusal: true, ended.Refusal);
        }

        ended.IsDone = true;
        TellItem("response.output_item.done", ended);
    }

    private void BeginPart(ResponseItem item, int index, bool isRefusal) => Tell("response.content_part.added", writer =>
    {
        Place(writer, item);
        writer.WriteNumber("content_index"u8, index);
        writer.WritePropertyName("part"u8);
        ResponseItem.WritePart(writer, isRefusal, default);
    });

    private void EndPart(ResponseItem item, int index, bool isRefusal, ArrayBufferWriter<byte> text)
    {
        Tell(isRefusal ? "response.refusal.done" : "response.output_text.done", writer =>
        {
            Place(writer, item);
            writer.WriteNumber("content_index"u8, index);
            writer.WritePropertyName(isRefusal ? "refusal"u8 : "text"u8);
            writer.WriteInside(text.WrittenSpan);
            if (!isRefusal)
            {
                writer.WriteStartArray("logprobs"u8);
                writer.WriteEndArray();
            }
        });
        Tell("response.content_part.done", writer =>
        {
            Place(writer, item);
            writer.WriteNumber("content_index"u8, index);
            writer.WritePropertyName("part"u8);
            ResponseItem.WritePart(writer, isRefusal, text.WrittenSpan);
        });
    }

    private void TellItem(string type, ResponseItem item) => Tell(type, writer =>
    {
        writer.WriteNumber("output_index"u8, item.Index);
        writer.WritePropertyName("item"u8);
        item.Write(writer);
    });

    private static void Place(Utf8JsonWriter writer, ResponseItem item)
    {
        writer.WriteString("item_id"u8, item.Id);
        writer.WriteNumber("output_index"u8, item.Index);
    }

    private void WriteResponse(Utf8JsonWriter writer, TokenUsage? usage)
    {
        writer.WritePropertyName("response"u8);
        response.Write(writer, usage);
    }

    // An event that is told a few times in an answer.
    private void Tell(string type, Action<Utf8JsonWriter> members)
    {
        Write("event: "u8);
        Write(Encoding.ASCII.GetBytes(type));
        Write("\ndata: "u8);
        using (var writer = new Utf8JsonWriter(Output, Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            writer.WriteNumber("sequence_number"u8, sequence++);
            members(writer);
            writer.WriteEndObject();
        }

        Write("\n\n"u8);
    }

    // One that is told again and again.
    private void Delta(ReadOnlySpan<byte> type, ResponseItem item, int? contentIndex, ReadOnlySpan<byte> text)
    {
        Write("event: "u8);
        Write(type);
        Write("\ndata: {\"type\":\""u8);
        Write(type);
        Write("\",\"sequence_number\":"u8);
        WriteNumber(sequence++);
        Write(",\"item_id\":\""u8);
        Write(item.IdBytes);
        Write("\",\"output_index\":"u8);
        WriteNumber(item.Index);
        if (contentIndex is { } index)
        {
            Write(",\"content_index\":"u8);
            WriteNumber(index);
            Write(",\"logprobs\":[]"u8);
        }

        Write(",\"delta\":\""u8);
        Write(text);
        Write("\"}\n\n"u8);
    }

    private void WriteNumber(int number)
    {
        Span<byte> digits = stackalloc byte[DigitsMaximum];
        Utf8Formatter.TryFormat(number, digits, out var length);
        Write(digits[..length]);
    }
}
