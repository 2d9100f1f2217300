using Asc.Contracts.Policy.V1;
using Asc.Simulator;

namespace Asc.Conformance.Tests;

/// <summary>What a provider speaks.</summary>
/// <param name="Model">A model that takes all that the scenarios ask for.</param>
/// <param name="BaseUrl">The simulator's, in a region.</param>
internal sealed record ProviderDialect(string Name, Protocol Protocol, string Model, Func<ProviderSimulator, string, Uri> BaseUrl)
{
    private static readonly IReadOnlyDictionary<string, string> NoEmbeddings = new Dictionary<string, string> { ["embeddings"] = "unsupported_feature" };

    /// <summary>The dialects of the matrix.</summary>
    public static IReadOnlyList<ProviderDialect> All { get; } =
    [
        new("openai", Protocol.Openai, "gpt-4.1-mini", (simulator, region) => simulator.OpenAiBaseUrl(region)),
        new("openai-responses", Protocol.Openai, "gpt-6.1-sol", (simulator, region) => simulator.OpenAiBaseUrl(region))
        {
            ToolsBy = ToolsBy.Responses, Refused = new Dictionary<string, string> { ["stop"] = "provider_rejected" }, Note = "a model with `toolsBy: responses`, as OpenAI's newer ones: whoever asks with tools is answered by a response. It takes no stop sequences, which its Model here doesn't say: OpenAI refuses them itself",
        },
        new("azure-openai", Protocol.AzureOpenai, "gpt-4.1-mini", (simulator, region) => simulator.AzureBaseUrl(region)) { ApiVersion = "2024-10-21", Note = "with `apiVersion: 2024-10-21`, which has no responses: a chat completion stands for one" },
        new("azure-openai-v1", Protocol.AzureOpenai, "gpt-4.1-mini", (simulator, region) => simulator.AzureBaseUrl(region)) { Note = "without `apiVersion`; responses are Azure's own" },
        new("openai-compatible", Protocol.OpenaiCompatible, "gpt-4o-mini", (simulator, region) => simulator.OpenAiBaseUrl(region)),
        new("anthropic", Protocol.Anthropic, "claude-haiku-4-5", (simulator, region) => simulator.AnthropicBaseUrl(region)) { Refused = NoEmbeddings, EmbeddingModel = "claude-haiku-4-5" },
        new("mistral", Protocol.Mistral, "mistral-small-2603", (simulator, region) => simulator.MistralBaseUrl(region)) { EmbeddingModel = "mistral-embed" },
    ];

    /// <summary>Azure's version of the API; empty: v1.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>By what the model takes tools.</summary>
    public ToolsBy ToolsBy { get; init; } = ToolsBy.ChatCompletions;

    /// <summary>A model for embeddings; any where there are none.</summary>
    public string EmbeddingModel { get; init; } = "text-embedding-3-small";

    /// <summary>What is to be known of it; null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>By scenario, the code with which what this protocol has no words for is refused, or what the model doesn't take.</summary>
    public IReadOnlyDictionary<string, string> Refused { get; init; } = new Dictionary<string, string>();

    public override string ToString() => Name;
}
