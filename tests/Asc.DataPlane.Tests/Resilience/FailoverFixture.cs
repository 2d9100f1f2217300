using System.Net;
using Asc.Contracts.Policy.V1;
using Google.Protobuf.WellKnownTypes;

namespace Asc.DataPlane.Tests.Resilience;

/// <summary>A node whose one name has deployments in two regions, and a tenant that may use both.</summary>
internal abstract class FailoverFixture : GatewayFixture
{
    protected static readonly Duration Soon = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(300));

    protected FailoverFixture() => Secrets["p-us"] = "provider-secret";

    protected static async Task<string> ReadUntilBrokenAsync(HttpResponseMessage response)
    {
        var text = new MemoryStream();
        Assert.That(async () => await response.Content.CopyToAsync(text), Throws.Exception);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    protected async Task<(HttpStatusCode Status, string Region, string Text)> AnswerAsync(string body)
    {
        using var response = await PostAsync(body);
        return (response.StatusCode, response.Headers.TryGetValues("x-asc-region", out var region) ? region.Single() : "", await response.Content.ReadAsStringAsync());
    }

    protected Resource Fast(string name, string region)
    {
        var provider = TestPublisher.Provider(name, region, simulator.OpenAiBaseUrl(region).ToString());
        provider.Provider.Timeouts = new() { FirstToken = Soon, Idle = Soon, Total = Soon };
        return provider;
    }

    protected Task EnforceAsync(params Resource[] providers) => EnforceAsync(providers, retry: null);

    // The name is a route's: a model has no retry and no hedge of its own.
    protected async Task EnforceAsync(Resource[] providers, Retry? retry = null, Hedge? hedge = null, string[]? regions = null, TenantLimits? limits = null, Strategy strategy = Strategy.Unspecified)
    {
        var tenant = TestPublisher.Tenant("acme", ["gpt-5-mini"], regions ?? ["eu", "us"]);
        tenant.Tenant.Limits = limits;
        var route = new Resource { Metadata = new() { Name = "gpt-5-mini" }, Route = new() { Targets = { new RouteTarget { Model = "m" } }, Retry = retry, Hedge = hedge, Strategy = strategy } };
        Resource[] resources = [.. providers, TestPublisher.Model("m", [.. providers.Select(provider => provider.Metadata.Name)]), route, tenant];
        resources.Single(resource => resource.Metadata.Name == "m").Model.Deployments.ToList().ForEach(deployment => deployment.UpstreamModel = "gpt-5-mini-2025-08-07");
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", resources), publisher, default);
    }
}
