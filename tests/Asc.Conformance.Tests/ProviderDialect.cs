using Asc.Contracts.Policy.V1;
using Asc.Simulator;

namespace Asc.Conformance.Tests;

/// <summary>What a provider speaks.</summary>
/// <param name="Model">A model that takes all that the scenarios ask for.</param>
/// <param name="BaseUrl">The simulator's, in a region.</param>
internal sealed record ProviderDialect(string Name, Protocol Protocol, string Model, Func<ProviderSimulator, string, Uri> BaseUrl)
{
    /// <summary>The dialects of the matrix.</summary>
    public static IReadOnlyList<ProviderDialect> All { get; } =
    [
        new("openai", Protocol.Openai, "gpt-4.1-mini", (simulator, region) => simulator.OpenAiBaseUrl(region)),
        new("anthropic", Protocol.Anthropic, "claude-haiku-4-5", (simulator, region) => simulator.AnthropicBaseUrl(region)),
        new("mistral", Protocol.Mistral, "mistral-small-2603", (simulator, region) => simulator.MistralBaseUrl(region)),
    ];

    /// <summary>By scenario, the code with which the node refuses what this protocol has no words for.</summary>
    public IReadOnlyDictionary<string, string> Refused { get; init; } = new Dictionary<string, string>();

    public override string ToString() => Name;
}
