using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Dialects;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>Writes <c>chat.completion.chunk</c> events of one answer, without flushing.</summary>
internal sealed class ChatChunkWriter(IBufferWriter<byte> output, ChatAnswer answer, bool withUsage, bool obfuscate, ChatExtras? extras)
    : IEventWriter, IDisposable
{
    private const string Padding = "abcdefghijklmnop";
    private readonly Utf8JsonWriter _json = new(output, WireJson.Writing);

    /// <summary>What a platform has to say before the model does; nothing elsewhere.</summary>
    public void Preamble()
    {
        if (extras is null)
        {
            return;
        }

        output.Write("data: "u8);
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteStartArray("choices");
        _json.WriteEndArray();
        _json.WriteNumber("created", 0);
        _json.WriteString("id", "");
        _json.WriteString("model", "");
        _json.WriteString("object", "");
        extras.WriteAnswer(_json);
        End();
    }

    public void Role(ChatChoice choice) => Choice(choice.Index, 0, null, json =>
    {
        json.WriteString("role", "assistant");
        json.WriteString("content", choice.ToolCalls.Count > 0 ? null : "");
        json.WriteNull("refusal");
    });

    public void Delta(ChatDelta delta) => Choice(delta.Choice, delta.Text?.Length ?? 0, null, json =>
    {
        if (delta.Call is { } call)
        {
            WriteToolCall(json, call, delta);
        }
        else
        {
            json.WriteString(delta.IsRefusal ? "refusal" : "content", delta.Text);
        }
    });

    public void Finish(ChatChoice choice) => Choice(choice.Index, 0, choice.FinishReason, _ => { });

    public void Usage()
    {
        Begin();
        _json.WriteStartArray("choices");
        _json.WriteEndArray();
        _json.WritePropertyName("usage");
        answer.Usage.Write(_json);
        End();
    }

    public void Done() => output.Write("data: [DONE]\n\n"u8);

    /// <summary>An event that stops in the middle of its JSON.</summary>
    public void Broken()
    {
        output.Write("data: {\"id\":\""u8);
        output.Write(System.Text.Encoding.UTF8.GetBytes(answer.Id));
        output.Write("\",\"choices\":[{\"ind\n\n"u8);
    }

    public void Failed(IProviderError error)
    {
        output.Write("data: "u8);
        _json.Reset();
        error.Write(_json, "");
        _json.Flush();
        output.Write("\n\n"u8);
    }

    public void Dispose() => _json.Dispose();

    private void Choice(int index, int textLength, string? finishReason, Action<Utf8JsonWriter> writeDelta)
    {
        Begin();
        _json.WriteStartArray("choices");
        _json.WriteStartObject();
        _json.WriteNumber("index", index);
        _json.WriteStartObject("delta");
        writeDelta(_json);
        _json.WriteEndObject();
        _json.WriteNull("logprobs");
        _json.WriteString("finish_reason", finishReason);
        extras?.WriteChoice(_json, textLength > 0);
        _json.WriteEndObject();
        _json.WriteEndArray();
        if (withUsage)
        {
            _json.WriteNull("usage");
        }

        if (obfuscate)
        {
            // The API evens out the events' lengths so that they do not betray the text on an encrypted line.
            _json.WriteString("obfuscation", Padding.AsSpan(0, Math.Max(1, Padding.Length - textLength)));
        }

        End();
    }

    private static void WriteToolCall(Utf8JsonWriter json, ToolCall call, ChatDelta delta)
    {
        var isStart = delta.Text is null;
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteNumber("index", delta.CallIndex);
        if (isStart)
        {
            json.WriteString("id", call.Id);
            json.WriteString("type", call.Type);
        }

        json.WriteStartObject(call.Type);
        if (isStart)
        {
            json.WriteString("name", call.Name);
        }

        json.WriteString(call.InputField, delta.Text ?? "");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Begin()
    {
        output.Write("data: "u8);
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("id", answer.Id);
        _json.WriteString("object", "chat.completion.chunk");
        _json.WriteNumber("created", answer.Created);
        _json.WriteString("model", answer.Model);
        _json.WriteString("service_tier", "default");
        _json.WriteNull("system_fingerprint");
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n\n"u8);
    }
}
