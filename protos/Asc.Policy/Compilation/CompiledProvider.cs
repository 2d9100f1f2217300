using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>A provider, ready to be called.</summary>
public sealed class CompiledProvider
{
    private readonly Uri?[] urls;

    internal CompiledProvider(ProviderDocument document)
    {
        Document = document;
        BaseUrl = new Uri(document.BaseUrl.TrimEnd('/') + "/", UriKind.Absolute);
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

    /// <summary>Whether its protocol has the operation.</summary>
    public bool Offers(Operation operation) => operation == Operation.Unspecified || urls[(int)operation] is not null;

    /// <summary>Where the operation's requests are posted.</summary>
    /// <exception cref="InvalidOperationException">It doesn't offer the operation.</exception>
    public Uri UrlOf(Operation operation) => urls[(int)operation] ?? throw new InvalidOperationException($"{Name} offers no {operation}");

    // Each protocol's base URL ends where its SDKs' do.
    private static string? PathOf(ProviderProtocol protocol, Operation operation) => (protocol, operation) switch
    {
        (ProviderProtocol.OpenAi, Operation.ChatCompletions) => "chat/completions",
        (ProviderProtocol.Anthropic, Operation.Messages) => "v1/messages",
        _ => null,
    };
}
