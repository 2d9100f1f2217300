using Asc.Simulator.Claude;
using Asc.Simulator.Mistral;
using Asc.Simulator.OpenAi;

namespace Asc.Simulator;

/// <summary>How a simulator listens, whom it admits, which models it knows and how fast it answers.</summary>
public sealed record SimulatorOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Model names of OpenAI's dialect, or prefixes ending in <c>*</c>, which are good for every dialect.
    /// Prefixes are accepted in requests but not listed.
    /// </summary>
    public IReadOnlyList<string> Models { get; init; } =
    [
        "gpt-5", "gpt-5-2025-08-07", "gpt-5-mini", "gpt-5-mini-2025-08-07", "gpt-5-nano", "gpt-5-nano-2025-08-07",
        "gpt-4.1", "gpt-4.1-mini", "gpt-4o", "gpt-4o-mini", "gpt-5.4", "gpt-5.6-sol", "gpt-5.6-terra", "gpt-5.6-luna", "gpt-6-sol", "gpt-6-luna", "gpt-6-astra", "gpt-6.1-sol", "gpt-6.1-terra",
        "o4-mini",
    ];

    /// <summary>Models of OpenAI's dialect that are for embeddings only.</summary>
    public IReadOnlyList<EmbeddingModel> EmbeddingModels { get; init; } = EmbeddingModel.Known;

    /// <summary>Models of Anthropic's dialect. Others that a prefix in <see cref="Models"/> allows are as <see cref="ClaudeModel"/> says.</summary>
    public IReadOnlyList<ClaudeModel> ClaudeModels { get; init; } = KnownClaudeModels.All;

    /// <summary>Models of Mistral's dialect. Others that a prefix in <see cref="Models"/> allows are good for everything.</summary>
    public IReadOnlyList<MistralModel> MistralModels { get; init; } = KnownMistralModels.All;

    /// <summary>Accepted keys. A region and protocol without an entry accepts any non-empty key.</summary>
    public IReadOnlyList<AcceptedKey> Keys { get; init; } = [];

    /// <summary>Wait before the first token, and before a whole JSON answer. Zero: none.</summary>
    public TimeSpan FirstTokenDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Wait before each further streamed chunk. Zero: none.</summary>
    public TimeSpan ChunkDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Plain text answers are padded to at least this many tokens. A prompt that asks for "N words" gets at least N.</summary>
    public int MinAnswerTokens { get; init; } = 24;

    /// <summary>How many of the newest requests are kept for inspection; 0 records none.</summary>
    public int RecordedRequests { get; init; } = 10_000;
}
