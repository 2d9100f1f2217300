using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Anthropic.Answers;
using Asc.Simulator.Dialects;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Replies;

/// <summary>Writes the events of one streamed answer, each named twice as the API does it, without flushing.</summary>
internal sealed class MessageEventWriter(IBufferWriter<byte> output, MessageAnswer answer, string requestId, bool withUsage) : IEventWriter, IDisposable
{
    private readonly Utf8JsonWriter _json = new(output, WireJson.Writing);

    public void MessageStart() => Event("message_start"u8, json =>
    {
        json.WritePropertyName("message");
        AnswerJson.WriteStart(json, answer, withUsage);
    });

    public void Ping() => Event("ping"u8, _ => { });

    public void BlockStart(int index, AnswerBlock block) => Event("content_block_start"u8, json =>
    {
        json.WriteNumber("index", index);
        json.WriteStartObject("content_block");
        WriteEmpty(json, block);
        json.WriteEndObject();
    });

    /// <summary>A piece of a block; of a call's input it may be empty.</summary>
    public void Delta(int index, AnswerBlock block, string piece)
    {
        var (type, field) = block switch
        {
            ThinkingAnswer => ("thinking_delta", "thinking"),
            ToolUseAnswer => ("input_json_delta", "partial_json"),
            _ => ("text_delta", "text"),
        };
        Delta(index, type, field, piece);
    }

    public void Signature(int index, ThinkingAnswer thinking) => Delta(index, "signature_delta", "signature", thinking.Signature);

    public void BlockStop(int index) => Event("content_block_stop"u8, json => json.WriteNumber("index", index));

    public void MessageDelta() => Event("message_delta"u8, json =>
    {
        json.WriteStartObject("delta");
        AnswerJson.WriteStop(json, answer.StopReason, answer.StopSequence);
        json.WriteEndObject();
        if (withUsage)
        {
            json.WritePropertyName("usage");
            answer.Usage.WriteDelta(json);
        }
    });

    public void MessageStop() => Event("message_stop"u8, _ => { });

    public void Broken() => output.Write("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"ind\n\n"u8);

    public void Failed(IProviderError error)
    {
        output.Write("event: error\ndata: "u8);
        _json.Reset();
        error.Write(_json, requestId);
        _json.Flush();
        output.Write("\n\n"u8);
    }

    public void Dispose() => _json.Dispose();

    private static void WriteEmpty(Utf8JsonWriter json, AnswerBlock block)
    {
        switch (block)
        {
            case ThinkingAnswer:
                json.WriteString("type", "thinking");
                json.WriteString("thinking", "");
                json.WriteString("signature", "");
                break;
            case RedactedAnswer redacted:
                AnswerJson.WriteRedacted(json, redacted);
                break;
            case ToolUseAnswer call:
                AnswerJson.WriteToolUse(json, call);
                json.WriteStartObject();
                json.WriteEndObject();
                break;
            default:
                json.WriteString("type", "text");
                json.WriteString("text", "");
                break;
        }
    }

    private void Delta(int index, string type, string field, string text) => Event("content_block_delta"u8, json =>
    {
        json.WriteNumber("index", index);
        json.WriteStartObject("delta");
        json.WriteString("type", type);
        json.WriteString(field, text);
        json.WriteEndObject();
    });

    private void Event(ReadOnlySpan<byte> name, Action<Utf8JsonWriter> write)
    {
        output.Write("event: "u8);
        output.Write(name);
        output.Write("\ndata: "u8);
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type"u8, name);
        write(_json);
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n\n"u8);
    }
}
