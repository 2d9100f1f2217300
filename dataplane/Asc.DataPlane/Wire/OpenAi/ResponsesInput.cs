using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Writes <c>input</c>: what is said are messages, calls and what tools answered are items beside them.</summary>
internal static class ResponsesInput
{
    public static void Write(Utf8JsonWriter writer, Conversation said)
    {
        writer.WriteStartArray("input"u8);
        if (said.Instructions.Count > 0)
        {
            // Among the input, not as instructions, which each event of a response's beginning and end would repeat.
            WriteMessage(writer, "system"u8, said.Instructions, "input_text"u8);
        }

        foreach (var turn in said.Turns)
        {
            switch (turn.Role)
            {
                case Role.Assistant:
                    turn.ExpectWords(said.List);
                    WriteAssistant(writer, turn.Parts);
                    break;
                case Role.System:
                    WriteMessage(writer, "system"u8, turn.Parts, "input_text"u8);
                    break;
                default:
                    WriteUser(writer, turn.Parts);
                    break;
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteUser(Utf8JsonWriter writer, List<Part> parts)
    {
        foreach (var result in parts.OfType<ToolResultPart>())
        {
            WriteResult(writer, result);
        }

        if (parts.FindAll(static part => part is not ToolResultPart) is { Count: > 0 } rest)
        {
            WriteMessage(writer, "user"u8, rest, "input_text"u8);
        }
    }

    // In the order in which it came: texts in a row are one message. What another model thought means nothing to this one.
    private static void WriteAssistant(Utf8JsonWriter writer, List<Part> parts)
    {
        var texts = new List<Part>();
        foreach (var part in parts)
        {
            if (part is TextPart)
            {
                texts.Add(part);
            }
            else if (part is ToolCallPart call)
            {
                WriteAssistantsMessage(writer, texts);
                WriteCall(writer, call);
            }
        }

        WriteAssistantsMessage(writer, texts);
    }

    private static void WriteAssistantsMessage(Utf8JsonWriter writer, List<Part> texts)
    {
        if (texts.Count > 0)
        {
            WriteMessage(writer, "assistant"u8, texts, "output_text"u8);
            texts.Clear();
        }
    }

    private static void WriteCall(Utf8JsonWriter writer, ToolCallPart call)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_call"u8);
        writer.WriteAsRead("call_id"u8, call.Id);
        writer.WriteAsRead("name"u8, call.Name);
        writer.WriteString("arguments"u8, call.Arguments.Span);
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, ToolResultPart result)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_call_output"u8);
        writer.WriteAsRead("call_id"u8, result.CallId);
        if (result.Content.Count == 0)
        {
            writer.WriteString("output"u8, result.IsError ? "Error"u8 : ""u8);
        }
        else if (result is { IsError: false, Content: [TextPart { EndsCache: false } only] })
        {
            writer.WriteAsRead("output"u8, only.Text);
        }
        else
        {
            writer.WriteStartArray("output"u8);
            if (result.IsError)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, "input_text"u8);
                writer.WriteString("text"u8, "Error:"u8);
                writer.WriteEndObject();
            }

            WriteParts(writer, result.Content, "input_text"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, ReadOnlySpan<byte> role, List<Part> parts, ReadOnlySpan<byte> textType)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, role);
        writer.WriteStartArray("content"u8);
        WriteParts(writer, parts, textType);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter writer, List<Part> parts, ReadOnlySpan<byte> textType)
    {
        foreach (var part in parts)
        {
            writer.WriteStartObject();
            switch (part)
            {
                case TextPart text:
                    writer.WriteString("type"u8, textType);
                    writer.WriteAsRead("text"u8, text.Text);
                    break;
                case ImagePart image:
                    writer.WriteString("type"u8, "input_image"u8);
                    ChatTurns.WriteUrl(writer, "image_url"u8, image.MediaType, image.Data);
                    writer.WriteAsRead("detail"u8, image.Detail);
                    break;
                case FilePart file:
                    writer.WriteString("type"u8, "input_file"u8);
                    ChatTurns.WriteFile(writer, file);
                    break;
            }

            // The assistant's have no place for it.
            if (part.EndsCache && textType.SequenceEqual("input_text"u8))
            {
                ChatTurns.WriteBreakpoint(writer);
            }

            writer.WriteEndObject();
        }
    }
}
