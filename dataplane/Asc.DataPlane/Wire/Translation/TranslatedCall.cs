using Asc.DataPlane.Reporting;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Wire.Embeddings;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>One call whose request or answer is not passed on as it came.</summary>
internal abstract class TranslatedCall
{
    /// <summary>What the provider is sent.</summary>
    public PooledBody Request { get; init; } = new();

    /// <summary>What the provider isn't asked for.</summary>
    public RequestFeatures Lost { get; init; }

    /// <summary>What the client is given, where the answer came whole.</summary>
    public PooledBody Answer { get; } = new();

    /// <summary>A call to a provider that speaks another protocol than the client.</summary>
    /// <param name="keptMaximum">How many bytes of a stream are kept at most.</param>
    /// <exception cref="UntranslatableException">The request is not what its protocol permits, or can't be said in the provider's.</exception>
    public static TranslatedCall Of(Attempt attempt, int keptMaximum) =>
        attempt.Exchange.Endpoint!.Embeds is { } words ? EmbeddingsTranslation.Of(attempt.Exchange, attempt.Candidate, words) : CallTranslation.Of(attempt, keptMaximum);

    /// <summary>Makes <see cref="Answer"/> of an answer that came whole.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not what the protocol sends.</exception>
    /// <exception cref="AnswerFailedException">It says that it failed.</exception>
    public abstract void PassWhole(ReadOnlySpan<byte> answer, in TokenUsage usage);

    /// <summary>Both hold what people wrote.</summary>
    public void Clear()
    {
        Request.Clear();
        Answer.Clear();
    }
}
