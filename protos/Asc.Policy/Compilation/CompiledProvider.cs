using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>A provider, ready to be called.</summary>
public sealed class CompiledProvider
{
    internal CompiledProvider(ProviderDocument document)
    {
        Document = document;
        BaseUrl = new Uri(document.BaseUrl.TrimEnd('/') + "/", UriKind.Absolute);
        ChatCompletionsUrl = new Uri(BaseUrl, "chat/completions");
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

    /// <summary>Where OpenAI chat completions are posted.</summary>
    public Uri ChatCompletionsUrl { get; }
}
