using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>A provider, ready to be called.</summary>
public sealed class CompiledProvider
{
    private readonly Operation?[] operations;

    internal CompiledProvider(ProviderDocument document)
    {
        Document = document;
        BaseUrl = new Uri(document.BaseUrl.TrimEnd('/') + "/", UriKind.Absolute);
        operations = [.. Enum.GetValues<Operation>().Select(asked => Translation.For(asked, document))];
        Timeouts = CompiledTimeouts.Default.With(document.Timeouts);
    }

    /// <summary>As declared.</summary>
    public ProviderDocument Document { get; }

    /// <summary>As declared.</summary>
    public string Name => Document.Name;

    /// <summary>Ends in "/".</summary>
    public Uri BaseUrl { get; }

    /// <summary>How long a caller waits for it.</summary>
    public CompiledTimeouts Timeouts { get; }

    /// <summary>Whether it serves the operation, be it by another one of its own protocol.</summary>
    public bool Offers(Operation operation) => operation == Operation.Unspecified || operations[(int)operation] is not null;

    /// <summary>Whether the operation is one of its own protocol's, and it may be asked for it.</summary>
    /// <remarks>Who counts the tokens of a prompt reads it, and <c>count_tokens</c> takes no <c>inference_geo</c>: the prompt might leave the region.</remarks>
    public bool Has(Operation operation) =>
        PathOf(Document.Protocol, operation) is not null && (operation != Operation.CountTokens || Document.InferenceGeo is "" or "global");

    /// <summary>What of its own protocol's stands for the operation, be it the same; null: nothing does.</summary>
    internal Operation? StandsFor(Operation asked) => operations[(int)asked];

    /// <summary>Where the operation's requests for a deployment are posted.</summary>
    /// <param name="operation">Of its own protocol.</param>
    /// <param name="upstreamModel">What it calls the model.</param>
    /// <exception cref="InvalidOperationException">It doesn't have the operation.</exception>
    public Uri UrlOf(Operation operation, string upstreamModel)
    {
        var path = PathOf(Document.Protocol, operation) ?? throw new InvalidOperationException($"{Name} has no {operation}");
        return Document switch
        {
            // Of all deployments there is one address for responses.
            { Protocol: ProviderProtocol.AzureOpenAi, ApiVersion.Length: > 0 } when operation == Operation.Responses => new(BaseUrl, $"openai/{path}?api-version={Document.ApiVersion}"),
            { Protocol: ProviderProtocol.AzureOpenAi, ApiVersion.Length: > 0 } => new(BaseUrl, $"openai/deployments/{Uri.EscapeDataString(upstreamModel)}/{path}?api-version={Document.ApiVersion}"),
            { Protocol: ProviderProtocol.AzureOpenAi } => new(BaseUrl, $"openai/v1/{path}"),
            _ => new(BaseUrl, path),
        };
    }

    // Each protocol's base URL ends where its SDKs' do.
    private static string? PathOf(ProviderProtocol protocol, Operation operation) => (protocol, operation) switch
    {
        (ProviderProtocol.OpenAi or ProviderProtocol.AzureOpenAi or ProviderProtocol.OpenAiCompatible, Operation.ChatCompletions) => "chat/completions",
        (ProviderProtocol.OpenAi or ProviderProtocol.AzureOpenAi or ProviderProtocol.OpenAiCompatible, Operation.Embeddings) => "embeddings",
        (ProviderProtocol.OpenAi or ProviderProtocol.AzureOpenAi, Operation.Responses) => "responses",
        (ProviderProtocol.Anthropic, Operation.Messages) => "v1/messages",
        (ProviderProtocol.Anthropic, Operation.CountTokens) => "v1/messages/count_tokens",
        (ProviderProtocol.Mistral, Operation.MistralChat) => "v1/chat/completions",
        (ProviderProtocol.Mistral, Operation.MistralFim) => "v1/fim/completions",
        (ProviderProtocol.Mistral, Operation.MistralEmbeddings) => "v1/embeddings",
        _ => null,
    };
}
