using Asc.Conformance.Tests.Clients;

namespace Asc.Conformance.Tests;

/// <summary>Who speaks to whom.</summary>
internal sealed record Column(SdkClient Client, ProviderDialect Provider)
{
    public static IReadOnlyList<Column> All { get; } = [.. from client in SdkClient.All from provider in ProviderDialect.All select new Column(client, provider)];
}
