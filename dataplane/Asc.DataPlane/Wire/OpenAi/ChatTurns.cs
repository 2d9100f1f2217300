using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Writes <c>messages</c>: what each tool answered is a message of its own, right behind the call.</summary>
internal static class ChatTurns
{
    public static void Write(Utf8JsonWriter writer, Conversation said)
    {
        writer.WriteStartArray("messages"u8);
        if (said.Instructions.Count > 0)
        {
            WriteMessage(writer, "system"u8, said.Instructions);
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
                    WriteMessage(writer, "system"u8, turn.Parts);
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

        // A tool's answer is text here: its pictures follow as the user's.
        var rest = parts.OfType<ToolResultPart>().SelectMany(static result => result.Content).Where(static part => part is not TextPart).Concat(parts.Where(static part => part is not ToolResultPart)).ToList();
        if (rest.Count > 0)
        {
            WriteMessage(writer, "user"u8, rest);
        }
    }

    private static void WriteResult(Utf8JsonWriter writer, ToolResultPart result)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, "tool"u8);
        writer.WriteAsRead("tool_call_id"u8, result.CallId);
        var texts = result.Content.OfType<TextPart>().ToList();
        if (texts is [{ EndsCache: false }] && !result.IsError)
        {
            writer.WriteAsRead("content"u8, texts[0].Text);
        }
        else if (texts.Count == 0)
        {
            writer.WriteString("content"u8, result.IsError ? "Error"u8 : ""u8);
        }
        else
        {
            writer.WriteStartArray("content"u8);
            if (result.IsError)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, "Error:"u8);
                writer.WriteEndObject();
            }

            texts.ForEach(text => WritePart(writer, text));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteAssistant(Utf8JsonWriter writer, List<Part> parts)
    {
        // How another provider's model came to its answer means nothing to this one.
        var texts = parts.Where(static part => part is TextPart).ToList();
        var calls = parts.OfType<ToolCallPart>().ToList();
        if (texts.Count + calls.Count == 0)
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("role"u8, "assistant"u8);
        WriteContent(writer, texts);
        if (calls.Count > 0)
        {
            writer.WriteStartArray("tool_calls"u8);
            calls.ForEach(call => WriteCall(writer, call, call.Id.Inside()));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <param name="id">As the provider is to know the call by.</param>
    public static void WriteCall(Utf8JsonWriter writer, ToolCallPart call, ReadOnlySpan<byte> id)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("id"u8);
        writer.WriteInside(id);
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        writer.WriteAsRead("name"u8, call.Name);
        writer.WriteString("arguments"u8, call.Arguments.Span);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, ReadOnlySpan<byte> role, List<Part> parts)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, role);
        WriteContent(writer, parts);
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, List<Part> parts)
    {
        switch (parts)
        {
            case []:
                writer.WriteNull("content"u8);
                break;
            case [TextPart { EndsCache: false } only]:
                writer.WriteAsRead("content"u8, only.Text);
                break;
            default:
                writer.WriteStartArray("content"u8);
                parts.ForEach(part => WritePart(writer, part));
                writer.WriteEndArray();
                break;
        }
    }

    public static void WritePart(Utf8JsonWriter writer, Part part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteAsRead("text"u8, text.Text);
                break;
            case ImagePart image:
                writer.WriteString("type"u8, "image_url"u8);
                writer.WriteStartObject("image_url"u8);
                WriteUrl(writer, "url"u8, image.MediaType, image.Data);
                writer.WriteAsRead("detail"u8, image.Detail);
                writer.WriteEndObject();
                break;
            case FilePart file:
                writer.WriteString("type"u8, "file"u8);
                writer.WriteStartObject("file"u8);
                WriteFile(writer, file);
                writer.WriteEndObject();
                break;
        }

        if (part.EndsCache)
        {
            WriteBreakpoint(writer);
        }

        writer.WriteEndObject();
    }

    public static void WriteBreakpoint(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("prompt_cache_breakpoint"u8);
        writer.WriteString("mode"u8, "explicit"u8);
        writer.WriteEndObject();
    }

    /// <summary>Writes the members of a file, which must have a name.</summary>
    public static void WriteFile(Utf8JsonWriter writer, FilePart file)
    {
        WriteUrl(writer, "file_data"u8, file.MediaType, file.Data);
        if (file.Name.Exists())
        {
            writer.WriteAsRead("filename"u8, file.Name);
        }
        else
        {
            writer.WriteString("filename"u8, "document"u8);
        }
    }

    /// <summary>Writes data as a URL (RFC 2397).</summary>
    public static void WriteUrl(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string mediaType, Base64Text data)
    {
        writer.WritePropertyName(name);
        writer.WriteInside([.. "data:"u8, .. System.Text.Encoding.UTF8.GetBytes(JsonEncodedText.Encode(mediaType).ToString()), .. ";base64,"u8, .. data.Raw]);
    }
}
