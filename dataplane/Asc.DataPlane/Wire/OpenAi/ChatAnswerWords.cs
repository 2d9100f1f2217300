using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>How a chat completion says what is common to all protocols.</summary>
internal static class ChatAnswerWords
{
    /// <summary>As <c>finish_reason</c>.</summary>
    public static ReadOnlySpan<byte> Of(FinishReason reason) => reason switch
    {
        FinishReason.Length => "length"u8,
        FinishReason.ToolCalls => "tool_calls"u8,
        FinishReason.Refusal => "content_filter"u8,
        _ => "stop"u8,
    };

    /// <summary>The same to who knows tools as functions.</summary>
    public static ReadOnlySpan<byte> Of(FinishReason reason, bool callsFunctions) => callsFunctions && reason == FinishReason.ToolCalls ? "function_call"u8 : Of(reason);

    /// <summary>As <c>usage</c> (facts: 3.2): the prompt includes what was read from and written to a cache.</summary>
    public static void WriteUsage(Utf8JsonWriter writer, in TokenUsage usage)
    {
        var prompt = usage.Input + usage.CachedRead + usage.CacheWrite;
        writer.WriteStartObject();
        writer.WriteNumber("prompt_tokens"u8, prompt);
        writer.WriteNumber("completion_tokens"u8, usage.Output);
        writer.WriteNumber("total_tokens"u8, prompt + usage.Output);
        writer.WriteStartObject("prompt_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.CachedRead);
        writer.WriteNumber("cache_write_tokens"u8, usage.CacheWrite);
        writer.WriteEndObject();
        writer.WriteStartObject("completion_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.Reasoning);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
