using System.Buffers;
using System.Text.Json;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>Writes a whole answer as a <c>chat.completion</c> object.</summary>
internal static class ChatJsonWriter
{
    public static ReadOnlyMemory<byte> Write(ChatAnswer answer, bool withUsage, ChatExtras? extras)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body, WireJson.Writing);
        json.WriteStartObject();
        json.WriteString("id", answer.Id);
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", answer.Created);
        json.WriteString("model", answer.Model);
        json.WriteStartArray("choices");
        foreach (var choice in answer.Choices)
        {
            WriteChoice(json, choice, extras);
        }

        json.WriteEndArray();
        extras?.WriteAnswer(json);
        if (withUsage)
        {
            json.WritePropertyName("usage");
            answer.Usage.Write(json);
        }

        json.WriteString("service_tier", "default");
        json.WriteNull("system_fingerprint");
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatChoice choice, ChatExtras? extras)
    {
        json.WriteStartObject();
        json.WriteNumber("index", choice.Index);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", choice.ToolCalls.Count > 0 || choice.IsRefusal ? null : string.Concat(choice.Text));
        if (choice.ToolCalls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in choice.ToolCalls)
            {
                WriteToolCall(json, call);
            }

            json.WriteEndArray();
        }

        json.WriteString("refusal", choice.IsRefusal ? string.Concat(choice.Text) : null);
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", choice.FinishReason);
        extras?.WriteChoice(json, choice.ToolCalls.Count == 0);
        json.WriteEndObject();
    }

    private static void WriteToolCall(Utf8JsonWriter json, ToolCall call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.Id);
        json.WriteString("type", call.Type);
        json.WriteStartObject(call.Type);
        json.WriteString("name", call.Name);
        json.WriteString(call.InputField, string.Concat(call.Input));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
