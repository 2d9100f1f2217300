namespace Asc.Simulator.Dialects;

/// <summary>What a protocol says in its own way about matters that all of them share.</summary>
internal interface IDialect
{
    /// <summary>The path segment after the region.</summary>
    string Protocol { get; }

    /// <summary>The beginning of an answer, which is not JSON.</summary>
    ReadOnlyMemory<byte> BrokenJson { get; }

    /// <summary>Why a caller is not let in; null: it is.</summary>
    IProviderError? Refusal(Exchange exchange);

    IProviderError UnknownPath(HttpRequest request);

    IProviderError WrongMethod(HttpRequest request);

    /// <summary>What the API says when it answers <paramref name="status"/> for reasons of its own.</summary>
    IProviderError Injected(int status);

    /// <summary>The response headers that the API sends with every answer.</summary>
    void WriteHeaders(Exchange exchange, IHeaderDictionary headers);
}
