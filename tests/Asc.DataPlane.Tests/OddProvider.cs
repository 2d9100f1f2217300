using Asc.DataPlane.Tests.Providers;

namespace Asc.DataPlane.Tests;

/// <summary>Answers each connection's first request with given bytes and closes: what no decent provider does.</summary>
internal sealed class OddProvider(string answer) : IAsyncDisposable
{
    private readonly ScriptedProvider provider = new(async stream =>
    {
        await ScriptedProvider.ReadRequestAsync(stream);
        await ScriptedProvider.SayAsync(stream, answer);
    });

    public string Url => new Uri(provider.Url, "/v1").ToString();

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
