using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Journal;

namespace Asc.Simulator.OpenAi;

/// <summary>The API's <c>usage</c> object.</summary>
/// <param name="PromptTokens">All of the prompt's tokens.</param>
/// <param name="CompletionTokens">Tokens produced, reasoning included.</param>
/// <param name="Cached">Those of the prompt that the cache had to do with.</param>
/// <param name="ReasoningTokens">Those produced that nobody sees.</param>
internal sealed record OpenAiUsage(int PromptTokens, int CompletionTokens, CachedPrefix Cached, int ReasoningTokens)
    : BilledUsage(PromptTokens, CompletionTokens)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens", PromptTokens);
        json.WriteNumber("completion_tokens", CompletionTokens);
        json.WriteNumber("total_tokens", PromptTokens + CompletionTokens);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", Cached.Read);
        json.WriteNumber("cache_write_tokens", Cached.Written);
        json.WriteNumber("audio_tokens", 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", ReasoningTokens);
        json.WriteNumber("audio_tokens", 0);
        json.WriteNumber("accepted_prediction_tokens", 0);
        json.WriteNumber("rejected_prediction_tokens", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
