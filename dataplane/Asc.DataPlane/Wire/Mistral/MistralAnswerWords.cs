using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>How an answer of Mistral's says what is common to all protocols.</summary>
internal static class MistralAnswerWords
{
    /// <summary>As <c>finish_reason</c>. There is no word for declining: a model has then said all, unless it was kept from saying it.</summary>
    /// <param name="declines">Whether it did so in its own words.</param>
    public static ReadOnlySpan<byte> Of(FinishReason reason, bool declines) => reason switch
    {
        FinishReason.Length => "length"u8,
        FinishReason.ToolCalls => "tool_calls"u8,
        FinishReason.Refusal when !declines => "error"u8,
        _ => "stop"u8,
    };

    /// <summary>As <c>usage</c>: the prompt includes what was read from and written to a cache.</summary>
    public static void WriteUsage(Utf8JsonWriter writer, in TokenUsage usage)
    {
        var prompt = usage.Input + usage.CachedRead + usage.CacheWrite;
        writer.WriteStartObject();
        writer.WriteNumber("prompt_tokens"u8, prompt);
        writer.WriteNumber("total_tokens"u8, prompt + usage.Output);
        writer.WriteNumber("completion_tokens"u8, usage.Output);
        writer.WriteStartObject("prompt_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.CachedRead);
        writer.WriteEndObject();
        writer.WriteStartObject("completion_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.Reasoning);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
