using System.Text.Json;
using Asc.Simulator.Anthropic.Answers;
using Asc.Simulator.Journal;

namespace Asc.Simulator.Anthropic;

/// <summary>The API's <c>usage</c> object. Unlike there, <see cref="BilledUsage.InputTokens"/> are all of the prompt.</summary>
/// <param name="Prompt">The prompt, by what the cache had to do with it.</param>
/// <param name="OutputTokens">Tokens said, thinking included.</param>
/// <param name="ThinkingTokens">Those of them that were thought.</param>
/// <param name="Service">How and where the answer was computed.</param>
internal sealed record AnthropicUsage(CachedPrompt Prompt, int OutputTokens, int ThinkingTokens, ServedBy Service)
    : BilledUsage(Prompt.Total, OutputTokens)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteCounts(json);
        json.WriteStartObject("cache_creation");
        json.WriteNumber("ephemeral_5m_input_tokens", Prompt.WrittenShort);
        json.WriteNumber("ephemeral_1h_input_tokens", Prompt.WrittenLong);
        json.WriteEndObject();
        json.WriteNull("server_tool_use");
        json.WriteString("service_tier", "standard");
        json.WriteString("inference_geo", Service.Geo);
        json.WriteString("speed", Service.Speed);
        json.WriteEndObject();
    }

    /// <summary>As at the end of a stream, where only the counts are told.</summary>
    internal void WriteDelta(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteCounts(json);
        json.WriteEndObject();
    }

    private void WriteCounts(Utf8JsonWriter json)
    {
        json.WriteNumber("input_tokens", Prompt.Uncached);
        json.WriteNumber("cache_creation_input_tokens", Prompt.WrittenShort + Prompt.WrittenLong);
        json.WriteNumber("cache_read_input_tokens", Prompt.Read);
        json.WriteNumber("output_tokens", OutputTokens);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("thinking_tokens", ThinkingTokens);
        json.WriteEndObject();
    }
}
