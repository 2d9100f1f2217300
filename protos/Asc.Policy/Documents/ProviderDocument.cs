using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>Somewhere that processes prompts.</summary>
/// <param name="Name">What deployments refer to.</param>
/// <param name="Protocol">The protocol that its endpoints speak.</param>
/// <param name="BaseUrl">Absolute URL that the protocol's paths are appended to.</param>
/// <param name="CredentialSecret">The credential's name in the node's own secret store; never the secret.</param>
/// <param name="Region">Where prompts are processed, unless a deployment says otherwise.</param>
/// <param name="PrivateNetwork">Whether its address may be a private or loopback one.</param>
/// <param name="ForwardsTraceContext">Whether the caller's W3C trace context is sent along.</param>
public sealed record ProviderDocument(
    string Name,
    ProviderProtocol Protocol,
    string BaseUrl,
    string CredentialSecret,
    string Region,
    bool PrivateNetwork = false,
    bool ForwardsTraceContext = false)
{
    /// <summary>What is attested of it, e.g. "hipaa-baa"; a deployment may say otherwise of itself.</summary>
    public ImmutableArray<string> Attestations { get; init; } = [];

    /// <summary>What it calls the places of its region where its answers tell where they were processed; empty: what they tell is not compared.</summary>
    public ImmutableArray<string> ReportedRegions { get; init; } = [];

    /// <summary>Azure's version of the API, as 2024-10-21: then a deployment is part of the path; empty: Azure's <c>/openai/v1</c>, or another protocol.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>Where Anthropic is asked to process each request (<c>inference_geo</c>): "us" or "global"; empty: it isn't asked, or another protocol.</summary>
    public string InferenceGeo { get; init; } = "";

    /// <summary>How long to wait for it.</summary>
    public TimeoutsDocument Timeouts { get; init; } = TimeoutsDocument.None;
}

/// <summary>How protocols are written.</summary>
public static class ProviderProtocols
{
    /// <summary>As in YAML.</summary>
    public static string Text(this ProviderProtocol protocol) => protocol switch
    {
        ProviderProtocol.AzureOpenAi => "azure-openai",
        ProviderProtocol.OpenAiCompatible => "openai-compatible",
        _ => protocol.ToString().ToLowerInvariant(),
    };
}

/// <summary>The protocols that ASC speaks to providers.</summary>
public enum ProviderProtocol
{
    /// <summary>Not declared: an error in a provider.</summary>
    Unspecified,

    /// <summary>The OpenAI API, <c>/v1/chat/completions</c> and its neighbours.</summary>
    OpenAi,

    /// <summary>The Anthropic API, <c>/v1/messages</c> and its neighbours.</summary>
    Anthropic,

    /// <summary>OpenAI's API as Azure has it: of deployments and a dated version, or <c>/openai/v1</c>.</summary>
    AzureOpenAi,

    /// <summary>A server that resembles OpenAI: vLLM, Ollama, TGI and others.</summary>
    OpenAiCompatible,
    /// <summary>The Mistral API, <c>/v1/chat/completions</c> and its neighbours.</summary>
    Mistral,
}
