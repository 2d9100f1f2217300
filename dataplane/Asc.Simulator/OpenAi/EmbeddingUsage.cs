using System.Text.Json;
using Asc.Simulator.Journal;

namespace Asc.Simulator.OpenAi;

/// <summary>The <c>usage</c> object of embeddings.</summary>
internal sealed record EmbeddingUsage(int PromptTokens) : BilledUsage(PromptTokens, 0)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens", PromptTokens);
        json.WriteNumber("total_tokens", PromptTokens);
        json.WriteEndObject();
    }
}
