using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;

namespace Asc.DataPlane.Tests.Mistral;

/// <summary>A node with models at Mistral, and one at another provider.</summary>
internal abstract class MistralFixture : GatewayFixture
{
    protected const string Chats = "/mistral/v1/chat/completions";
    protected const string Model = "mistral-large-2512";
    protected const string Hello = "{\"model\":\"mistral\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
    protected const string HelloStreamed = "{\"model\":\"mistral\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
    private ulong version = 1;

    [SetUp]
    public Task EnforceMistral() => EnforceAsync(static _ => { });

    protected Task EnforceAsync(Action<TenantSpec> change)
    {
        var provider = TestPublisher.Provider("p-mistral", "eu", simulator.MistralBaseUrl("eu").ToString());
        (provider.Provider.Protocol, provider.Provider.Credential.Secret) = (Protocol.Mistral, "p-eu");
        var openAi = TestPublisher.Provider("p-oai", "eu", simulator.OpenAiBaseUrl("eu").ToString());
        openAi.Provider.Credential.Secret = "p-eu";
        var tenant = TestPublisher.Tenant("acme", ["mistral", "codestral", "embed", "gpt"], "eu");
        change(tenant.Tenant);
        return node.Snapshots.InstallAsync(
            publisher.Publish(++version, "eu", [provider, openAi, At("mistral", "p-mistral", Model), At("codestral", "p-mistral", "codestral-2508"), At("embed", "p-mistral", "mistral-embed"), At("gpt", "p-oai", "gpt-5-mini-2025-08-07"), tenant]),
            publisher, default);
    }

    protected Task<HttpResponseMessage> SendAsync(string body, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead, string path = Chats) => client.SendAsync(Asking(body, path), completion);

    protected HttpRequestMessage Asking(string body, string path = Chats)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + secret.Reveal());
        return request;
    }

    protected async Task<JsonNode> AssertRefusedAsync(HttpRequestMessage request, int status, string code, string type, string parameter = "")
    {
        using var response = await client.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That((int)response.StatusCode, Is.EqualTo(status), body.ToJsonString());
        Assert.That(body.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "object", "message", "type", "param", "code" }), "there is no wrapper");
        Assert.That((body["object"]!.GetValue<string>(), body["code"]!.GetValue<string>(), body["type"]!.GetValue<string>()), Is.EqualTo(("error", code, type)), body.ToJsonString());
        Assert.That(Header(response, "mistral-correlation-id"), Is.EqualTo(Header(response, "x-asc-request-id")));
        if (parameter.Length > 0)
        {
            Assert.That(body["param"]?.GetValue<string>(), Is.EqualTo(parameter));
        }

        return body;
    }

    private static Resource At(string name, string provider, string upstreamModel)
    {
        var model = TestPublisher.Model(name, provider);
        model.Model.Deployments[0].UpstreamModel = upstreamModel;
        return model;
    }
}
