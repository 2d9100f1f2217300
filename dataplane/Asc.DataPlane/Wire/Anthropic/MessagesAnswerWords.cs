using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>How a message says what is common to all protocols.</summary>
internal static class MessagesAnswerWords
{
    /// <summary>As <c>stop_reason</c>.</summary>
    public static ReadOnlySpan<byte> Of(FinishReason reason) => reason switch
    {
        FinishReason.Length => "max_tokens"u8,
        FinishReason.ToolCalls => "tool_use"u8,
        FinishReason.Refusal => "refusal"u8,
        FinishReason.StopSequence => "stop_sequence"u8,
        _ => "end_turn"u8,
    };

    /// <summary>Why it ended, where the model may have declined: for other protocols it has then said all, for this one it refused (facts: 3.5).</summary>
    public static FinishReason ReasonOf(FinishReason reason, bool declines) => declines && reason == FinishReason.Stop ? FinishReason.Refusal : reason;

    /// <summary>As <c>stop_details</c> (facts: 1.4): why the model declined, where it did. Other protocols have no categories.</summary>
    /// <param name="explanation">As written in a JSON string; empty where there is none.</param>
    public static ReadOnlySpan<byte> StopDetails(FinishReason reason, ReadOnlySpan<byte> explanation) =>
        reason != FinishReason.Refusal ? "null"u8
        : explanation.IsEmpty ? """{"type":"refusal","category":null,"explanation":null}"""u8
        : (byte[])[.. """{"type":"refusal","category":null,"explanation":"""u8, (byte)'"', .. explanation, .. "\"}"u8];

    /// <summary>As <c>usage</c> (facts: 3.5): input is what was read from no cache.</summary>
    public static void WriteUsage(Utf8JsonWriter writer, in TokenUsage usage)
    {
        writer.WriteStartObject();
        writer.WriteNumber("input_tokens"u8, usage.Input);
        writer.WriteNumber("cache_creation_input_tokens"u8, usage.CacheWrite);
        writer.WriteStartObject("cache_creation"u8);
        writer.WriteNumber("ephemeral_5m_input_tokens"u8, usage.CacheWrite - usage.LongCacheWrite);
        writer.WriteNumber("ephemeral_1h_input_tokens"u8, usage.LongCacheWrite);
        writer.WriteEndObject();
        writer.WriteNumber("cache_read_input_tokens"u8, usage.CachedRead);
        writer.WriteNumber("output_tokens"u8, usage.Output);
        writer.WriteStartObject("output_tokens_details"u8);
        writer.WriteNumber("thinking_tokens"u8, usage.Reasoning);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
