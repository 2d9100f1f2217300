using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;

namespace Asc.DataPlane.Tests;

/// <summary>A model that says what kind of thing it is: who is told of it, and who is kept from it.</summary>
[TestFixture]
internal sealed class ModelKindTests : GatewayFixture
{
    [SetUp]
    public Task EnforceKinds()
    {
        var mistral = TestPublisher.Provider("p-mistral", "eu", simulator.MistralBaseUrl("eu").ToString());
        (mistral.Provider.Protocol, mistral.Provider.Credential.Secret) = (Protocol.Mistral, "p-eu");
        var (chatty, embed) = (Of("chatty", "p-mistral", "mistral-large-2512", Capability.Chat, Capability.Streaming), Of("embed", "p-eu", "text-embedding-3-small", Capability.Embeddings));
        (chatty.Model.ContextWindow, embed.Model.ContextWindow) = (262_144, 8_192);
        chatty.Model.Reasoning = new() { Efforts = { Effort.High } };
        return node.Snapshots.InstallAsync(
            publisher.Publish(2, "eu",
            [
                TestPublisher.Provider("p-eu", "eu", simulator.OpenAiBaseUrl("eu").ToString()), mistral,
                chatty, embed,
                Of("coder", "p-mistral", "codestral-2508", Capability.Chat, Capability.Fim), Of("filler", "p-mistral", "codestral-2508", Capability.Fim),
                Of("unservable", "p-eu", "m", Capability.Fim), Of("unsaid", "p-eu", "m"),
                new() { Metadata = new() { Name = "mixed" }, Route = new() { Targets = { new RouteTarget { Model = "embed" }, new RouteTarget { Model = "chatty" } } } },
                TestPublisher.Tenant("acme", ["*"], "eu"),
            ]),
            publisher, default);
    }

    [TestCase("/v1/models", false, "chatty,coder,embed,mixed,unsaid")]
    [TestCase("/v1/models", true, "chatty,coder,mixed,unsaid", TestName = "An Anthropic client has no endpoint for embeddings")]
    [TestCase("/mistral/v1/models", false, "chatty,coder,embed,filler,mixed,unsaid")]
    public async Task A_client_is_told_of_what_it_has_an_endpoint_for(string path, bool anthropic, string names)
    {
        var list = (await GetAsync(path, 200, anthropic))["data"]!.AsArray();
        Assert.That(string.Join(',', list.Select(model => model!["id"]!.GetValue<string>())), Is.EqualTo(names));

        foreach (var name in new[] { "embed", "filler" })
        {
            await GetAsync($"{path}/{name}", names.Split(',').Contains(name) ? 200 : 404, anthropic);
        }
    }

    [TestCase("chatty", true, false)]
    [TestCase("embed", false, false)]
    [TestCase("coder", true, true)]
    [TestCase("filler", false, true)]
    [TestCase("mixed", true, false, TestName = "A route does what one of its targets does")]
    [TestCase("unsaid", true, false, TestName = "What isn't declared is as the provider's endpoints say")]
    public async Task A_Mistral_client_is_told_whether_it_chats_and_fills_in(string name, bool chats, bool fills)
    {
        var able = (await GetAsync("/mistral/v1/models/" + name, 200))["capabilities"]!;
        Assert.That((able["completion_chat"]!.GetValue<bool>(), able["completion_fim"]!.GetValue<bool>()), Is.EqualTo((chats, fills)));
    }

    [TestCase("coder", null, false)]
    [TestCase("chatty", 262_144L, true)]
    [TestCase("mixed", 8_192L, true, TestName = "Of a route the least that one of its targets takes")]
    public async Task A_Mistral_client_is_told_what_is_declared_of_length_and_thinking(string name, long? length, bool reasons)
    {
        var told = await GetAsync("/mistral/v1/models/" + name, 200);
        Assert.That((told["max_context_length"]?.GetValue<long>(), told["capabilities"]!["reasoning"]!.GetValue<bool>()), Is.EqualTo((length, reasons)));
    }

    [TestCase("/v1/chat/completions", "embed", "{\"model\":\"embed\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "embed is no chat model: it declares embeddings", "chatty, coder, mixed, unsaid")]
    [TestCase("/v1/embeddings", "chatty", "{\"model\":\"chatty\",\"input\":\"Hi\"}", "chatty is no embeddings model: it declares chat", "embed, mixed, unsaid")]
    [TestCase("/mistral/v1/fim/completions", "chatty", "{\"model\":\"chatty\",\"prompt\":\"Hi\"}", "chatty is no fim model: it declares chat", "coder, filler")]
    public async Task Who_asks_a_model_of_another_kind_is_told_so_by_the_node(string path, string model, string body, string message, string allowed)
    {
        using var response = await PostAsync(path, body);

        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), text);
        Assert.That(text, Does.Contain($"{message} (capabilities of the Model {model})").And.Contain($"Allowed here: {allowed}.").And.Contain("unsupported_feature"));
        Assert.That(simulator.Requests.Items, Is.Empty, "no provider is asked");
        Assert.That((await RecordAsync()).Outcome, Is.EqualTo(Outcome.Denied));
    }

    [TestCase("/v1/chat/completions", "{\"model\":\"mixed\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "chatty")]
    [TestCase("/v1/embeddings", "{\"model\":\"mixed\",\"input\":\"Hi\"}", "embed")]
    public async Task A_route_goes_to_the_target_that_is_of_the_kind(string path, string body, string serving)
    {
        using var response = await PostAsync(path, body);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        Assert.That(Header(response, "x-asc-model"), Is.EqualTo(serving));
    }

    private static Resource Of(string name, string provider, string upstreamModel, params Capability[] capabilities)
    {
        var model = TestPublisher.Model(name, provider);
        model.Model.Deployments[0].UpstreamModel = upstreamModel;
        model.Model.Capabilities.AddRange(capabilities);
        return model;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + secret.Reveal());
        return await client.SendAsync(request);
    }

    private async Task<JsonNode> GetAsync(string path, int status, bool anthropic = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("x-api-key", secret.Reveal());
        if (anthropic)
        {
            request.Headers.Add("anthropic-version", "2023-06-01");
        }

        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), body);
        return JsonNode.Parse(body)!;
    }
}
