using System.Text.Json;
using Asc.Simulator.Journal;

namespace Asc.Simulator.Mistral;

/// <summary>The API's <c>usage</c> object.</summary>
/// <param name="PromptTokens">All of the prompt's tokens.</param>
/// <param name="CompletionTokens">Tokens said, thinking included.</param>
/// <param name="CachedTokens">Those of the prompt that were read from the cache; null: the request had nothing to do with it.</param>
/// <param name="ReasoningTokens">Those said that were thinking; null: not told.</param>
internal sealed record MistralUsage(int PromptTokens, int CompletionTokens, int? CachedTokens, int? ReasoningTokens)
    : BilledUsage(PromptTokens, CompletionTokens)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens", PromptTokens);
        json.WriteNumber("total_tokens", PromptTokens + CompletionTokens);
        json.WriteNumber("completion_tokens", CompletionTokens);
        if (CachedTokens is { } cached)
        {
            WriteDetail(json, "prompt_tokens_details", "cached_tokens", cached);
            json.WriteString("service_tier", "standard");
        }
        else
        {
            json.WriteNull("prompt_tokens_details");
        }

        if (ReasoningTokens is { } reasoning)
        {
            WriteDetail(json, "completion_tokens_details", "reasoning_tokens", reasoning);
        }

        json.WriteEndObject();
    }

    private static void WriteDetail(Utf8JsonWriter json, string name, string field, int count)
    {
        json.WriteStartObject(name);
        json.WriteNumber(field, count);
        json.WriteEndObject();
    }
}
