using System.Text.Json;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>
/// Writes <c>messages</c> in the order that Mistral keeps (facts: 2.4, mistral-common's validator): after what a tool answered the assistant speaks, the system
/// never after it, and the last word is the user's, a tool's, or the beginning of the answer.
/// </summary>
internal ref struct MistralTurns
{
    private static readonly JsonElement High = JsonElement.Parse("\"high\"");
    private readonly Utf8JsonWriter writer;
    private Speaker last;

    private MistralTurns(Utf8JsonWriter writer) => this.writer = writer;

    private enum Speaker
    {
        Nobody,
        System,
        User,
        Assistant,
        Tool,
    }

    public static void Write(Utf8JsonWriter writer, Conversation said)
    {
        writer.WriteStartArray("messages"u8);
        var turns = new MistralTurns(writer);
        turns.WriteSystem(said.Instructions, isLast: false);
        var last = said.Turns.FindLast(IsSaidHere)
            ?? throw new UntranslatableException("The conversation has no message of the user, and Mistral's models answer one: send it.", said.List);
        foreach (var turn in said.Turns)
        {
            var isLast = ReferenceEquals(turn, last);
            switch (turn.Role)
            {
                case Role.Assistant:
                    turn.ExpectWords(said.List);
                    turns.WriteAssistant(turn.Parts, isBegun: isLast);
                    break;
                case Role.System:
                    turns.WriteSystem(turn.Parts, isLast);
                    break;
                default:
                    turns.WriteUser(turn.Parts);
                    break;
            }
        }

        writer.WriteEndArray();
    }

    // How another provider's model came to its answer means nothing to this one.
    private static bool IsSaidHere(Turn turn) => turn.Role == Role.User || turn.Parts.Exists(static part => part is TextPart or ToolCallPart);

    private void WriteSystem(List<Part> parts, bool isLast)
    {
        var texts = parts.FindAll(static part => part is TextPart);
        if (texts.Count == 0)
        {
            return;
        }

        var isUsers = isLast || last is Speaker.Assistant or Speaker.Tool;
        Begin(isUsers ? Speaker.User : Speaker.System);
        if (isUsers)
        {
            // Where the system may not speak its words are the user's, marked as what they are: moved to the front they would mean something else.
            WriteContent([.. texts.OfType<TextPart>().Select(static text => new TextPart(text.Text.Marked("system"u8)))]);
        }
        else
        {
            WriteContent(texts);
        }

        writer.WriteEndObject();
    }

    private void WriteUser(List<Part> parts)
    {
        foreach (var result in parts.OfType<ToolResultPart>())
        {
            WriteResult(result);
        }

        if (parts.FindAll(static part => part is not ToolResultPart) is { Count: > 0 } rest)
        {
            Begin(Speaker.User);
            WriteContent(rest);
            writer.WriteEndObject();
        }
    }

    private void WriteResult(ToolResultPart result)
    {
        Begin(Speaker.Tool);
        writer.WritePropertyName("tool_call_id"u8);
        writer.WriteInside(CallIds.Of(result.CallId));
        if (result.IsError)
        {
            writer.WriteStartArray("content"u8);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, "Error:"u8);
            writer.WriteEndObject();
            WriteParts(result.Content);
            writer.WriteEndArray();
        }
        else
        {
            WriteContent(result.Content);
        }

        writer.WriteEndObject();
    }

    // A last word is one that the answer goes on with.
    private void WriteAssistant(List<Part> parts, bool isBegun)
    {
        var texts = parts.FindAll(static part => part is TextPart);
        var calls = parts.OfType<ToolCallPart>().ToList();
        if (texts.Count + calls.Count == 0)
        {
            return;
        }

        Begin(Speaker.Assistant);
        WriteContent(texts);
        if (calls.Count > 0)
        {
            writer.WriteStartArray("tool_calls"u8);
            foreach (var call in calls)
            {
                ChatTurns.WriteCall(writer, call, CallIds.Of(call.Id));
            }

            writer.WriteEndArray();
        }

        if (isBegun)
        {
            writer.WriteBoolean("prefix"u8, true);
        }

        writer.WriteEndObject();
    }

    private void Begin(Speaker speaker)
    {
        if (last == Speaker.Tool && speaker == Speaker.User)
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, "assistant"u8);
            writer.WriteString("content"u8, "OK."u8);
            writer.WriteEndObject();
        }

        last = speaker;
        writer.WriteStartObject();
        writer.WriteString("role"u8, speaker switch
        {
            Speaker.System => "system"u8,
            Speaker.Assistant => "assistant"u8,
            Speaker.Tool => "tool"u8,
            _ => "user"u8,
        });
    }

    private readonly void WriteContent(List<Part> parts)
    {
        switch (parts)
        {
            case []:
                writer.WriteString("content"u8, ""u8);
                break;
            case [TextPart only]:
                writer.WriteAsRead("content"u8, only.Text);
                break;
            default:
                writer.WriteStartArray("content"u8);
                WriteParts(parts);
                writer.WriteEndArray();
                break;
        }
    }

    private readonly void WriteParts(List<Part> parts)
    {
        foreach (var part in parts)
        {
            if (part is FilePart file)
            {
                WriteDocument(file);
            }
            else
            {
                // Closer than high nothing is looked at here.
                ChatTurns.WritePart(writer, part is ImagePart image && image.Detail.Is("original"u8) ? image with { Detail = High } : part);
            }
        }
    }

    private readonly void WriteDocument(FilePart file)
    {
        if (file.MediaType != "application/pdf")
        {
            throw new UntranslatableException(ErrorCode.UnsupportedFeature, $"Of files Mistral takes PDF, not {file.MediaType}: send its text.", "messages.content");
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, "document_url"u8);
        ChatTurns.WriteUrl(writer, "document_url"u8, file.MediaType, file.Data);
        writer.WriteAsRead("document_name"u8, file.Name);
        writer.WriteEndObject();
    }
}
