using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A node with a model at a provider of each protocol, and clients of each.</summary>
internal abstract class TranslationFixture : GatewayFixture
{
    protected const string Messages = "/v1/messages";
    protected const string ChatCompletions = "/v1/chat/completions";
    protected const string MistralChats = "/mistral/v1/chat/completions";
    // Each says its calls in another way.
    private static readonly string[] MistralModels = ["mistral-large-2512", "mistral-small-2603", "ministral-8b-2512", "zai-glm-5-2"];
    private ulong version = 1;

    /// <summary>What else there is; the tenant may use what its change allows.</summary>
    protected virtual IEnumerable<Resource> More => [];

    [SetUp]
    public Task EnforceBoth() => EnforceAsync(static (_, _) => { });

    protected Task EnforceAsync(Action<ModelSpec, TenantSpec> change, params RouteTarget[] both)
    {
        var claude = TestPublisher.Provider("p-claude", "eu", simulator.AnthropicBaseUrl("eu").ToString());
        (claude.Provider.Protocol, claude.Provider.Credential.Secret) = (Protocol.Anthropic, "p-eu");
        var openAi = TestPublisher.Provider("p-oai", "eu", simulator.OpenAiBaseUrl("eu").ToString());
        openAi.Provider.Credential.Secret = "p-eu";
        var (claudeModel, gpt) = (TestPublisher.Model("claude", "p-claude"), TestPublisher.Model("gpt", "p-oai"));
        claudeModel.Model.Deployments[0].UpstreamModel = "claude-haiku-4-5";
        gpt.Model.Deployments[0].UpstreamModel = "gpt-5-mini-2025-08-07";
        var mistral = TestPublisher.Provider("p-mistral", "eu", simulator.MistralBaseUrl("eu").ToString());
        (mistral.Provider.Protocol, mistral.Provider.Credential.Secret) = (Protocol.Mistral, "p-eu");
        var mistralModels = MistralModels.Select(static name => TestPublisher.Model(name, "p-mistral")).ToArray();
        var tenant = TestPublisher.Tenant("acme", ["claude", "gpt", "both", .. MistralModels], "eu");
        var route = new Resource { Metadata = new() { Name = "both" }, Route = new() { Targets = { both.Length > 0 ? both : [new RouteTarget { Model = "gpt" }] } } };
        change(claudeModel.Model, tenant.Tenant);
        change(gpt.Model, tenant.Tenant);
        foreach (var model in mistralModels)
        {
            model.Model.Deployments[0].UpstreamModel = model.Metadata.Name;
            change(model.Model, tenant.Tenant);
        }

        return node.Snapshots.InstallAsync(publisher.Publish(++version, "eu", [claude, openAi, mistral, claudeModel, gpt, .. mistralModels, route, tenant, .. More]), publisher, default);
    }

    protected async Task<HttpResponseMessage> SendAsync(string path, string body, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-api-key", secret.Reveal());
        if (path.StartsWith(Messages, StringComparison.Ordinal))
        {
            request.Headers.Add("anthropic-version", "2023-06-01");
        }

        return await client.SendAsync(request, completion);
    }

    protected async Task<JsonNode> AnswerAsync(string path, string body)
    {
        using var response = await SendAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(200), text);
        return JsonNode.Parse(text)!;
    }

    protected async Task<string> StreamAsync(string path, string body)
    {
        using var response = await SendAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(200), text);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        return text;
    }

    /// <summary>The data of a stream's events.</summary>
    protected static List<JsonNode> Events(string stream) => [.. stream.Split('\n')
        .Where(line => line.StartsWith("data: ", StringComparison.Ordinal) && line != "data: [DONE]")
        .Select(line => JsonNode.Parse(line["data: ".Length..])!)];

    /// <summary>The body that the provider got.</summary>
    protected JsonNode Sent() => JsonNode.Parse(simulator.Requests.Items.Single().Body.Span)!;
}
