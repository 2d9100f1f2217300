using System.Text.Json;
using Asc.Simulator.Mistral.Answers;

namespace Asc.Simulator.Mistral.Replies;

/// <summary>Writes <c>tool_calls</c> as the model has them: with or without type and index, with arguments as text or as an object.</summary>
internal static class ToolCallJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ToolCall> calls, MistralModel model)
    {
        json.WriteStartArray("tool_calls");
        for (var i = 0; i < calls.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("id", calls[i].Id);
            if (!model.HasBareToolCalls)
            {
                json.WriteString("type", "function");
            }

            json.WriteStartObject("function");
            json.WriteString("name", calls[i].Name);
            WriteArguments(json, string.Concat(calls[i].Arguments), model);
            json.WriteEndObject();
            if (!model.HasBareToolCalls)
            {
                json.WriteNumber("index", i);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The beginning of a call, without a piece of its arguments; or such a piece, which has no name.</summary>
    public static void WritePiece(Utf8JsonWriter json, ToolCall call, int index, string? piece)
    {
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        if (piece is null)
        {
            json.WriteString("id", call.Id);
        }

        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", piece is null ? call.Name : "");
        json.WriteString("arguments", piece ?? "");
        json.WriteEndObject();
        json.WriteNumber("index", index);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteArguments(Utf8JsonWriter json, string arguments, MistralModel model)
    {
        // Arguments that the token limit cut are no object, whatever the model.
        if (model.HasObjectArguments && arguments.EndsWith('}'))
        {
            json.WritePropertyName("arguments");
            json.WriteRawValue(arguments);
        }
        else
        {
            json.WriteString("arguments", arguments);
        }
    }
}
