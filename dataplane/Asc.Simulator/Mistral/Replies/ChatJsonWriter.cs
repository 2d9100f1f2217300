using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Mistral.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral.Replies;

/// <summary>Writes a whole answer as a <c>chat.completion</c> object.</summary>
internal static class ChatJsonWriter
{
    public static ReadOnlyMemory<byte> Write(ChatAnswer answer, bool withUsage)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body, WireJson.Writing);
        json.WriteStartObject();
        json.WriteString("id", answer.Id);
        json.WriteNumber("created", answer.Created);
        json.WriteString("model", answer.Model.Name);
        if (withUsage)
        {
            json.WritePropertyName("usage");
            answer.Usage.Write(json);
        }

        json.WriteString("object", "chat.completion");
        json.WriteStartArray("choices");
        foreach (var choice in answer.Choices)
        {
            WriteChoice(json, choice, answer.Model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatChoice choice, MistralModel model)
    {
        json.WriteStartObject();
        json.WriteNumber("index", choice.Index);
        json.WriteString("finish_reason", choice.FinishReason);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        if (choice.ToolCalls.Count > 0)
        {
            ToolCallJson.Write(json, choice.ToolCalls, model);
        }
        else
        {
            json.WriteNull("tool_calls");
        }

        if (choice.ToolCalls.Count == 0 || choice.Thinking.Count > 0 || !model.HasBareToolCalls)
        {
            WriteContent(json, choice);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, ChatChoice choice)
    {
        if (choice.Thinking.Count == 0)
        {
            json.WriteString("content", string.Concat(choice.Text));
            return;
        }

        json.WriteStartArray("content");
        ContentJson.WriteThinking(json, string.Concat(choice.Thinking), isWhole: true);
        if (choice.Text.Count > 0)
        {
            ContentJson.WriteText(json, string.Concat(choice.Text));
        }

        json.WriteEndArray();
    }
}
