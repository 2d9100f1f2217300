using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Writes <c>messages</c>: turns alternate, the user's is first, and what tools answered stands before anything else in it.</summary>
internal static class MessagesTurns
{
    public static void Write(Utf8JsonWriter writer, Conversation said)
    {
        writer.WriteStartArray("messages"u8);
        TrimBegun(said.Turns);
        var turns = Alternating(said);
        LastMessage.ExpectIn(said, turns);
        if (turns.Count == 0)
        {
            throw new UntranslatableException("The conversation has no message of the user, and Anthropic's models answer one: send it.", said.List);
        }

        if (turns is not [{ Role: Role.User }, ..])
        {
            WriteOpening(writer);
        }

        var ids = new CallIds();
        foreach (var turn in turns)
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, turn.Role == Role.Assistant ? "assistant"u8 : "user"u8);
            writer.WriteStartArray("content"u8);
            foreach (var part in turn.Parts.Where(static part => part is ToolResultPart).Concat(turn.Parts.Where(static part => part is not ToolResultPart)))
            {
                WriteBlock(writer, part, ids);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <param name="ids">Those of the blocks before.</param>
    public static void WriteBlock(Utf8JsonWriter writer, Part part, CallIds ids)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteAsRead("text"u8, text.Text);
                break;
            case ImagePart image when (image.Data.PictureType ?? image.MediaType) is var type && Array.IndexOf(MediaTypes.Pictures, type) >= 0:
                // It must be what it says, which others don't look at.
                WriteSource(writer, "image"u8, type, image.Data);
                break;
            case ImagePart:
                throw new UntranslatableException(ErrorCode.UnsupportedFeature, $"A picture is one of {string.Join(", ", MediaTypes.Pictures)} at Anthropic: send one of these.", "messages.content");
            case FilePart { MediaType: not "application/pdf" } file:
                throw new UntranslatableException(ErrorCode.UnsupportedFeature, $"Of files Anthropic takes PDF, not {file.MediaType}: send its text.", "messages.content");
            case FilePart file:
                WriteSource(writer, "document"u8, file.MediaType, file.Data);
                writer.WriteAsRead("title"u8, file.Name);
                break;
            case ToolCallPart call:
                writer.WriteString("type"u8, "tool_use"u8);
                writer.WriteString("id"u8, ids.OfCall(call.Id));
                writer.WriteAsRead("name"u8, call.Name);
                writer.WritePropertyName("input"u8);
                writer.WriteRawValue(call.Arguments.Span, skipInputValidation: true);
                break;
            case ToolResultPart result:
                WriteResult(writer, result, ids);
                break;
            case ReasoningPart reasoning:
                writer.WriteString("type"u8, "thinking"u8);
                writer.WriteAsRead("thinking"u8, reasoning.Text);
                writer.WriteAsRead("signature"u8, reasoning.Signature);
                break;
            case RedactedReasoningPart redacted:
                writer.WriteString("type"u8, "redacted_thinking"u8);
                writer.WriteAsRead("data"u8, redacted.Data);
                break;
        }

        if (part.EndsCache)
        {
            writer.WriteStartObject("cache_control"u8);
            writer.WriteString("type"u8, "ephemeral"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    // Instructions in the middle become the user's, marked as what they are: moved to the front they would mean something else.
    private static List<Turn> Alternating(Conversation said)
    {
        var turns = new List<Turn>();
        foreach (var turn in said.Turns)
        {
            var role = turn.Role == Role.Assistant ? Role.Assistant : Role.User;
            var parts = turn.Parts.Where(IsKept).Select(part => turn.Role == Role.System && part is TextPart text ? text with { Text = text.Text.Marked("system"u8) } : part);
            if (turns is [.., var last] && last.Role == role)
            {
                last.Parts.AddRange(parts);
            }
            else if (parts.ToList() is { Count: > 0 } some)
            {
                turns.Add(new(role, some));
            }
        }

        return turns;
    }

    // An answer that is begun must not be begun with blanks at its end.
    private static void TrimBegun(List<Turn> turns)
    {
        if (turns is not [.., { Role: Role.Assistant } last])
        {
            return;
        }

        while (last.Parts is [_, .., TextPart blank] && !IsKept(blank))
        {
            last.Parts.RemoveAt(last.Parts.Count - 1);
        }

        if (last.Parts is [.., TextPart begun] && begun.Text.GetString() is var text && text!.TrimEnd() is var trimmed && trimmed.Length < text.Length)
        {
            last.Parts[^1] = begun with { Text = JsonSerializer.SerializeToElement(trimmed) };
        }
    }

    // Reasoning without its signature is refused, and so is text without a character in it.
    public static bool IsKept(Part part) => part switch
    {
        ReasoningPart reasoning => reasoning.Signature.IsText(),
        TextPart text => !string.IsNullOrWhiteSpace(text.Text.GetString()),
        _ => true,
    };

    private static void WriteOpening(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, "user"u8);
        writer.WriteString("content"u8, "(The assistant begins.)"u8);
        writer.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter writer, ReadOnlySpan<byte> type, string mediaType, Base64Text data)
    {
        writer.WriteString("type"u8, type);
        writer.WriteStartObject("source"u8);
        writer.WriteString("type"u8, "base64"u8);
        writer.WriteString("media_type"u8, mediaType);
        writer.WritePropertyName("data"u8);
        writer.WriteInside(data.Compact);
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, ToolResultPart result, CallIds ids)
    {
        writer.WriteString("type"u8, "tool_result"u8);
        writer.WriteString("tool_use_id"u8, ids.OfResult(result.CallId));
        var content = result.Content.Where(IsKept).ToList();
        if (content.Count > 0)
        {
            writer.WriteStartArray("content"u8);
            content.ForEach(part => WriteBlock(writer, part, ids));
            writer.WriteEndArray();
        }

        if (result.IsError)
        {
            writer.WriteBoolean("is_error"u8, true);
        }
    }
}
