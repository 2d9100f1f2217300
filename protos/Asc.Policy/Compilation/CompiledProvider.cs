using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>A provider, ready to be called.</summary>
public sealed class CompiledProvider
{
    private readonly Operation?[] operations;
    private readonly Uri?[] urls;

    internal CompiledProvider(ProviderDocument document)
    {
        Document = document;
        BaseUrl = new Uri(document.BaseUrl.TrimEnd('/') + "/", UriKind.Absolute);
        operations = [.. Enum.GetValues<Operation>().Select(asked => Translation.For(asked, document.Protocol))];
        urls = [.. Enum.GetValues<Operation>().Select(operation => PathOf(document.Protocol, operation) is { } path ? new Uri(BaseUrl, path) : null)];
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

    /// <summary>What it is asked where <paramref name="asked"/> is: the same, or that of its own protocol which the request is translated to.</summary>
    /// <exception cref="InvalidOperationException">It doesn't offer the operation.</exception>
    public Operation OperationFor(Operation asked) => operations[(int)asked] ?? throw new InvalidOperationException($"{Name} offers no {asked}");

    /// <summary>Whether requests for the operation have to be translated.</summary>
    public bool Translates(Operation asked) => operations[(int)asked] is { } own && own != asked;

    /// <summary>What a translated request can't carry.</summary>
    internal RequestFeatures LosesInTranslation => Translation.LostIn(Document.Protocol);

    /// <summary>Where the operation's requests are posted.</summary>
    /// <exception cref="InvalidOperationException">It doesn't offer the operation.</exception>
    public Uri UrlOf(Operation operation) => urls[(int)operation] ?? throw new InvalidOperationException($"{Name} offers no {operation}");

    // Each protocol's base URL ends where its SDKs' do.
    private static string? PathOf(ProviderProtocol protocol, Operation operation) => (protocol, operation) switch
    {
        (ProviderProtocol.OpenAi, Operation.ChatCompletions) => "chat/completions",
        (ProviderProtocol.Anthropic, Operation.Messages) => "v1/messages",
        (ProviderProtocol.Mistral, Operation.MistralChat) => "v1/chat/completions",
        (ProviderProtocol.Mistral, Operation.MistralFim) => "v1/fim/completions",
        (ProviderProtocol.Mistral, Operation.MistralEmbeddings) => "v1/embeddings",
        _ => null,
    };
}
