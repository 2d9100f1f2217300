using Asc.Contracts.Policy.V1;

namespace Asc.ControlPlane.Tests.Testing;

/// <summary>The sample organisation: acme, of which health may process in eu only.</summary>
internal static class Sample
{
    public static Resource[] All =>
    [
        Provider("sim-eu", "eu"), Provider("sim-us", "us"),
        Model("gpt-5-mini", "sim-eu", "sim-us"), Model("small", "sim-eu", "sim-us"),
        Route("chat-default", "gpt-5-mini"),
        Tenant("acme", ["*"], ["eu", "us"]),
        Tenant("acme/health", ["chat-default", "gpt-*"], ["eu"]),
        Tenant("acme/retail", ["gpt-5-mini", "small"]),
    ];

    public static Resource Provider(string name, string region) => new()
    {
        Metadata = new() { Name = name },
        Provider = new()
        {
            Protocol = Protocol.Openai,
            BaseUrl = $"https://{region}.example/v1",
            Credential = new() { Secret = name },
            Region = region,
        },
    };

    public static Resource Model(string name, params string[] providers) => new()
    {
        Metadata = new() { Name = name },
        Model = new() { Deployments = { providers.Select(provider => new Deployment { Provider = provider, UpstreamModel = name + "-1" }) } },
    };

    public static Resource Route(string name, params string[] models) => new()
    {
        Metadata = new() { Name = name },
        Route = new() { Strategy = Strategy.Priority, Targets = { models.Select(model => new RouteTarget { Model = model }) } },
    };

    public static Resource Tenant(string path, string[]? models = null, string[]? regions = null) => new()
    {
        Metadata = new() { Path = path },
        Tenant = new()
        {
            Models = models is null ? null : new() { Allow = new() { Values = { models } } },
            Residency = regions is null ? null : new() { Allow = new() { Values = { regions } } },
        },
    };
}
