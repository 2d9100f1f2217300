using System.Text.Json;
using Asc.Simulator.Anthropic.Answers;

namespace Asc.Simulator.Anthropic.Replies;

/// <summary>Writes a <c>message</c> object: whole, or as it is when a stream begins.</summary>
internal static class AnswerJson
{
    /// <summary>Everything that was said.</summary>
    public static void WriteWhole(Utf8JsonWriter json, MessageAnswer answer, bool withUsage) =>
        Write(json, answer, answer.Blocks, answer.StopReason, withUsage ? answer.Usage : null);

    /// <summary>Nothing was said yet, but the prompt is counted.</summary>
    public static void WriteStart(Utf8JsonWriter json, MessageAnswer answer, bool withUsage) =>
        Write(json, answer, [], null, withUsage ? answer.UsageOf(Math.Min(1, answer.Usage.OutputTokens), 0) : null);

    /// <summary>What is known when the answer has ended; it follows the property <c>stop_reason</c>.</summary>
    public static void WriteStop(Utf8JsonWriter json, string? reason, string? sequence)
    {
        json.WriteString("stop_reason", reason);
        json.WriteString("stop_sequence", sequence);
        if (reason != StopReason.Refusal)
        {
            json.WriteNull("stop_details");
            return;
        }

        json.WriteStartObject("stop_details");
        json.WriteString("type", "refusal");
        json.WriteString("category", "general_harms");
        json.WriteString("explanation", "The simulator was asked to refuse.");
        json.WriteEndObject();
    }

    /// <summary>A tool call's beginning; the caller writes its input.</summary>
    public static void WriteToolUse(Utf8JsonWriter json, ToolUseAnswer call)
    {
        json.WriteString("type", "tool_use");
        json.WriteString("id", call.Id);
        json.WriteString("name", call.Name);
        json.WriteStartObject("caller");
        json.WriteString("type", "direct");
        json.WriteEndObject();
        json.WritePropertyName("input");
    }

    private static void Write(
        Utf8JsonWriter json, MessageAnswer answer, IReadOnlyList<AnswerBlock> blocks, string? reason, AnthropicUsage? usage)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Id);
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", answer.Model);
        json.WriteStartArray("content");
        foreach (var block in blocks)
        {
            WriteBlock(json, block);
        }

        json.WriteEndArray();
        WriteStop(json, reason, reason is null ? null : answer.StopSequence);
        if (usage is not null)
        {
            json.WritePropertyName("usage");
            usage.Write(json);
        }

        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, AnswerBlock block)
    {
        json.WriteStartObject();
        switch (block)
        {
            case ThinkingAnswer thinking:
                json.WriteString("type", "thinking");
                json.WriteString("thinking", thinking.IsShown ? string.Concat(thinking.Pieces) : "");
                json.WriteString("signature", thinking.Signature);
                break;
            case RedactedAnswer redacted:
                WriteRedacted(json, redacted);
                break;
            case ToolUseAnswer call:
                WriteToolUse(json, call);
                json.WriteRawValue(call.IsComplete && call.Pieces.Count > 0 ? string.Concat(call.Pieces) : "{}");
                break;
            default:
                json.WriteString("type", "text");
                json.WriteString("text", string.Concat(block.Pieces));
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>A block that comes whole, in a stream too.</summary>
    public static void WriteRedacted(Utf8JsonWriter json, RedactedAnswer redacted)
    {
        json.WriteString("type", "redacted_thinking");
        json.WriteString("data", redacted.Data);
    }
}
