using System.Text.Json;
using Asc.Simulator.OpenAi.Responses.Answers;

namespace Asc.Simulator.OpenAi.Responses.Replies;

/// <summary>Writes an item of a response: empty, as when it is added in a stream, or as it is in the end.</summary>
internal static class ItemJson
{
    public static void Write(Utf8JsonWriter json, OutputItem item, bool isDone)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        switch (item)
        {
            case MessageItem message:
                json.WriteString("type", "message");
                json.WriteString("status", Status(item, isDone));
                json.WriteStartArray("content");
                if (isDone)
                {
                    WritePart(json, message, string.Concat(message.Pieces));
                }

                json.WriteEndArray();
                json.WriteString("role", "assistant");
                break;
            case CallItem call:
                json.WriteString("type", call.IsCustom ? "custom_tool_call" : "function_call");
                json.WriteString("status", Status(item, isDone));
                json.WriteString(call.IsCustom ? "input" : "arguments", isDone ? string.Concat(call.Pieces) : "");
                json.WriteString("call_id", call.CallId);
                json.WriteString("name", call.Name);
                break;
            case ReasoningItem reasoning:
                WriteReasoning(json, reasoning, isDone);
                break;
            default:
                throw new InvalidOperationException(item.GetType().Name);
        }

        json.WriteEndObject();
    }

    /// <summary>The content of a message: what is said, or why nothing is.</summary>
    public static void WritePart(Utf8JsonWriter json, MessageItem message, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", message.IsRefusal ? "refusal" : "output_text");
        if (!message.IsRefusal)
        {
            json.WriteStartArray("annotations");
            json.WriteEndArray();
            json.WriteStartArray("logprobs");
            json.WriteEndArray();
        }

        json.WriteString(message.IsRefusal ? "refusal" : "text", text);
        json.WriteEndObject();
    }

    /// <summary>A part of a reasoning's summary.</summary>
    public static void WriteSummary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "summary_text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WriteReasoning(Utf8JsonWriter json, ReasoningItem reasoning, bool isDone)
    {
        json.WriteString("type", "reasoning");
        json.WriteStartArray("summary");
        if (isDone && reasoning.Pieces.Count > 0)
        {
            WriteSummary(json, string.Concat(reasoning.Pieces));
        }

        json.WriteEndArray();
        if (reasoning.EncryptedContent is { } content)
        {
            json.WriteString("encrypted_content", content);
        }
    }

    private static string Status(OutputItem item, bool isDone) => !isDone ? "in_progress" : item.IsWhole ? "completed" : "incomplete";
}
