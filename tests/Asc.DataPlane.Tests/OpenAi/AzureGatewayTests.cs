using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;

namespace Asc.DataPlane.Tests.OpenAi;

/// <summary>Azure, servers that resemble OpenAI, and embeddings: the same protocol at other addresses.</summary>
[TestFixture]
internal sealed class AzureGatewayTests : GatewayFixture
{
    private const string Deployment = "gpt-5-mini-2025-08-07";

    [TestCase("2024-10-21", $"/eu/azure/openai/deployments/{Deployment}/chat/completions")]
    [TestCase("", "/eu/azure/openai/v1/chat/completions")]
    public async Task Azure_is_asked_at_the_deployments_address_with_its_own_header(string apiVersion, string path)
    {
        await EnforceAsync(Protocol.AzureOpenai, simulator.AzureBaseUrl("eu"), Deployment, apiVersion);

        using var response = await PostAsync(Chat);

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That((int)response.StatusCode, Is.EqualTo(200), body.ToJsonString());
        var seen = simulator.Requests.Items.Single();
        Assert.That((seen.Path, seen.Headers["api-key"].ToString(), seen.Headers.ContainsKey("authorization")), Is.EqualTo((path, "provider-secret", false)));
        Assert.That(JsonNode.Parse(seen.Body.Span)!["model"]!.GetValue<string>(), Is.EqualTo(Deployment));
    }

    [TestCase("2024-10-21", $"/eu/azure/openai/deployments/{Deployment}/chat/completions", TestName = "A version of Azure's that has no responses is asked for a chat completion")]
    [TestCase("2025-03-01-preview", "/eu/azure/openai/responses", TestName = "One that has them is asked for one")]
    [TestCase("", "/eu/azure/openai/v1/responses", TestName = "And so is v1")]
    public async Task A_response_from_Azure(string apiVersion, string path)
    {
        await EnforceAsync(Protocol.AzureOpenai, simulator.AzureBaseUrl("eu"), Deployment, apiVersion);

        using var response = await client.SendAsync(RequestAt("/v1/responses", "{\"model\":\"gpt-5-mini\",\"input\":\"hi\"}"));

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(((int)response.StatusCode, (string?)body["object"], (string?)body["status"]), Is.EqualTo((200, "response", "completed")), body.ToJsonString());
        Assert.That(simulator.Requests.Items.Single().Path, Is.EqualTo(path));
    }

    [Test]
    public async Task A_stream_of_Azures_comes_through_with_what_filters_found()
    {
        await EnforceAsync(Protocol.AzureOpenai, simulator.AzureBaseUrl("eu"), Deployment, "2024-10-21");

        using var response = await PostAsync(Streamed);

        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"choices\":[]").And.Contain("prompt_filter_results").And.Contain("data: [DONE]"));
        Assert.That((await RecordAsync()).Usage.Estimated, Is.False);
    }

    [Test]
    public async Task What_Azures_filter_refuses_is_the_requests_own_fault()
    {
        await EnforceAsync(Protocol.AzureOpenai, simulator.AzureBaseUrl("eu"), Deployment, "2024-10-21");
        await AssertErrorAsync(Request(Chat.Replace("Say hello", "SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER", StringComparison.Ordinal)), 400, "provider_rejected", "content management policy");
    }

    [Test]
    public async Task A_server_that_resembles_OpenAI_is_told_the_bound_by_its_older_name()
    {
        await EnforceAsync(Protocol.OpenaiCompatible, simulator.OpenAiBaseUrl("eu"), "gpt-4o-mini", "", maxOutputTokens: 7);

        using var response = await PostAsync(Chat);

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(JsonNode.Parse(simulator.Requests.Items.Single().Body.Span)!["max_tokens"]!.GetValue<int>(), Is.EqualTo(7));
    }

    [Test]
    public async Task Embeddings_are_the_providers_own_bytes_and_cost_what_was_read()
    {
        await EnforceAsync(Protocol.OpenaiCompatible, simulator.OpenAiBaseUrl("eu"), "text-embedding-3-small", "");

        using var response = await client.SendAsync(Embeddings("{\"model\":\"gpt-5-mini\",\"input\":[\"hello\",\"wörld\"],\"encoding_format\":\"base64\"}"));

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That((int)response.StatusCode, Is.EqualTo(200), body.ToJsonString());
        Assert.That(body["data"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(body["data"]![0]!["embedding"]!.GetValueKind(), Is.EqualTo(System.Text.Json.JsonValueKind.String));
        var record = await RecordAsync();
        Assert.That((record.Endpoint, record.Outcome, (long)record.Usage.Input, (long)record.Usage.Output, record.Usage.Estimated),
            Is.EqualTo(("POST /v1/embeddings", Outcome.Ok, body["usage"]!["prompt_tokens"]!.GetValue<long>(), 0, false)));
    }

    [TestCase("{\"input\":\"x\"}", "model")]
    [TestCase("{\"model\":\"gpt-5-mini\"}", "input")]
    [TestCase("{\"model\":\"gpt-5-mini\",\"input\":{}}", "input")]
    [TestCase("{\"model\":\"gpt-5-mini\",\"input\":\"x\",\"input\":\"y\"}", "stands twice")]
    public async Task Embeddings_of_nothing_are_refused(string body, string told) => await AssertErrorAsync(Embeddings(body), 400, "invalid_request", told);

    [Test]
    public async Task Claude_embeds_nothing()
    {
        await EnforceAsync(Protocol.Anthropic, simulator.AnthropicBaseUrl("eu"), "claude-haiku-4-5", "");
        await AssertErrorAsync(Embeddings("{\"model\":\"gpt-5-mini\",\"input\":\"x\"}"), 400, "unsupported_feature", "speaks anthropic (protocol of the Provider p-eu), which has no /v1/embeddings");
    }

    private HttpRequestMessage Embeddings(string body) => RequestAt("/v1/embeddings", body);

    private HttpRequestMessage RequestAt(string path, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + secret.Reveal());
        return request;
    }

    private Task EnforceAsync(Protocol protocol, Uri baseUrl, string upstreamModel, string apiVersion, uint? maxOutputTokens = null)
    {
        var resources = Resources(url: baseUrl.ToString()).ToArray();
        foreach (var resource in resources)
        {
            if (resource.SpecCase == Resource.SpecOneofCase.Provider)
            {
                (resource.Provider.Protocol, resource.Provider.ApiVersion) = (protocol, apiVersion);
            }
            else if (resource.SpecCase == Resource.SpecOneofCase.Model)
            {
                resource.Model.Deployments[0].UpstreamModel = upstreamModel;
            }
            else if (maxOutputTokens is { } maximum)
            {
                resource.Tenant.Limits = new() { MaxOutputTokens = maximum };
            }
        }

        return node.Snapshots.InstallAsync(publisher.Publish(2, "eu", resources), publisher, default);
    }
}
