using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Embeddings;

/// <summary>What two protocols call in two ways (facts: 3.6).</summary>
/// <param name="Dimensions">The field that says how long a vector is to be.</param>
/// <param name="HasId">Whether an answer has an id.</param>
/// <param name="Usage">How it says what was used.</param>
internal sealed record EmbeddingsWords(string Dimensions, bool HasId, UsageWords Usage)
{
    public static EmbeddingsWords OpenAi { get; } = new("dimensions", false, static (writer, in usage) =>
    {
        var read = usage.Input + usage.CachedRead + usage.CacheWrite;
        writer.WriteStartObject();
        writer.WriteNumber("prompt_tokens"u8, read);
        writer.WriteNumber("total_tokens"u8, read);
        writer.WriteEndObject();
    });

    public static EmbeddingsWords Mistral { get; } = new("output_dimension", true, MistralAnswerWords.WriteUsage);

    /// <summary>Those of what a provider is asked.</summary>
    public static EmbeddingsWords Of(Operation operation) => operation == Operation.MistralEmbeddings ? Mistral : OpenAi;
}
