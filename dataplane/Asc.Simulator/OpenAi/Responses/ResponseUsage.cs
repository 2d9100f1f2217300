using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Journal;

namespace Asc.Simulator.OpenAi.Responses;

/// <summary>The <c>usage</c> object of a response.</summary>
/// <param name="InputTokens">All of the prompt's tokens.</param>
/// <param name="OutputTokens">Tokens produced, reasoning included.</param>
/// <param name="Cached">Those of the prompt that the cache had to do with.</param>
/// <param name="ReasoningTokens">Those produced that were reasoning.</param>
internal sealed record ResponseUsage(int InputTokens, int OutputTokens, CachedPrefix Cached, int ReasoningTokens)
    : BilledUsage(InputTokens, OutputTokens)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("input_tokens", InputTokens);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", Cached.Read);
        json.WriteNumber("cache_write_tokens", Cached.Written);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", OutputTokens);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", ReasoningTokens);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", InputTokens + OutputTokens);
        json.WriteEndObject();
    }
}
