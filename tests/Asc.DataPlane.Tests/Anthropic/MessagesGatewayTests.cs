using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Wire.Anthropic;
using Asc.Simulator.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests.Anthropic;

/// <summary>Anthropic messages at a node: what the client says and hears, what the provider sees, what is recorded.</summary>
[TestFixture]
internal sealed class MessagesGatewayTests : GatewayFixture
{
    private const string Model = "claude-haiku-4-5";
    private const string Hello = "{\"model\":\"claude\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
    private const string HelloStreamed = "{\"model\":\"claude\",\"max_tokens\":64,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";

    [SetUp]
    public Task EnforceClaude() => EnforceAsync(static _ => { });

    [Test]
    public async Task A_message_is_the_providers_own_bytes_with_ASCs_headers()
    {
        using var response = await SendAsync(Hello);

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        Assert.That((body["type"]!.GetValue<string>(), body["model"]!.GetValue<string>()), Is.EqualTo(("message", Model)));
        Assert.That(Header(response, "request-id"), Is.EqualTo(Header(response, "x-asc-request-id")), "where Anthropic's SDKs look");
        Assert.That((Header(response, "x-asc-provider"), Header(response, "x-asc-model"), Header(response, "x-asc-region")), Is.EqualTo(("p-claude", "claude", "eu")));
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Endpoint, record.UpstreamModel, record.Usage.Estimated), Is.EqualTo((Outcome.Ok, "POST /v1/messages", Model, false)));
        Assert.That((body["usage"]!["inference_geo"]!.GetValue<string>(), record.ReportedRegion), Is.EqualTo(("not_available", "")), "which is no region");
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output), Is.EqualTo((body["usage"]!["input_tokens"]!.GetValue<long>(), body["usage"]!["output_tokens"]!.GetValue<long>())));
    }

    [Test]
    public async Task The_provider_sees_the_callers_bytes_but_for_the_models_name()
    {
        const string odd = "{ \"metadata\":{\"user_id\":\"u\"},\n \"max_tokens\": 64.0,\"model\" : \"claude\",\"messages\":[{\"content\":[{\"text\":\"gr\\u00fc\\u00df\",\"type\":\"text\"}],\"role\":\"user\"}]}";

        using var response = await SendAsync(odd);

        var seen = simulator.Requests.Items.Single();
        Assert.That(Encoding.UTF8.GetString(seen.Body.Span), Is.EqualTo(odd.Replace("\"claude\"", $"\"{Model}\"", StringComparison.Ordinal)));
        Assert.That(seen.Path, Is.EqualTo("/v1/messages").Or.EndsWith("/v1/messages"));
    }

    [Test]
    public async Task The_provider_sees_its_own_key_the_version_and_the_betas_that_are_permitted()
    {
        using var request = Messages(Hello);
        request.Headers.Add("anthropic-beta", "interleaved-thinking-2025-05-14, context-1m-2025-08-07");
        request.Headers.Add("x-stainless-lang", "js");
        using var response = await client.SendAsync(request);

        var seen = simulator.Requests.Items.Single();
        Assert.That(seen.Headers.Keys.Order(), Is.EqualTo(new[] { "anthropic-beta", "anthropic-version", "content-length", "content-type", "host", "x-api-key" }));
        Assert.That((seen.Headers["x-api-key"].ToString(), seen.Headers["anthropic-version"].ToString()), Is.EqualTo(("provider-secret", "2023-06-01")));
        Assert.That(seen.Headers["anthropic-beta"].ToString(), Is.EqualTo("interleaved-thinking-2025-05-14, context-1m-2025-08-07"));
    }

    [TestCase("x-api-key", "")]
    [TestCase("authorization", "Bearer ")]
    public async Task A_key_may_come_in_either_header(string header, string prefix)
    {
        using var request = Messages(Hello, withKey: false);
        request.Headers.TryAddWithoutValidation(header, prefix + secret.Reveal());

        using var response = await client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(true, 200)]
    [TestCase(false, 400)]
    public async Task A_key_may_come_in_both_headers_where_it_is_the_same(bool isSame, int status)
    {
        using var request = Messages(Hello);
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + (isSame ? secret : elsewhere).Reveal());

        using var response = await client.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_request_that_only_fills_the_cache_reaches_Claude()
    {
        using var response = await SendAsync(Hello.Replace("64", "0", StringComparison.Ordinal));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        Assert.That((await RecordAsync()).Usage.Output, Is.Zero);
    }

    [Test]
    public async Task A_stream_comes_event_by_event_and_its_usage_is_what_it_says_at_both_ends()
    {
        using var response = await SendAsync(HelloStreamed);

        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(text, Does.StartWith("event: message_start\n").And.Contain("event: content_block_delta\n").And.Contain("event: message_stop\n"));
        var record = await RecordAsync();
        var billed = (await SeenAsync()).Usage!;
        Assert.That((record.Stream, record.Outcome, record.Usage.Estimated), Is.EqualTo((true, Outcome.Ok, false)));
        Assert.That(((long)(record.Usage.Input + record.Usage.CachedRead + record.Usage.CacheWrite), (long)record.Usage.Output), Is.EqualTo((billed.InputTokens, billed.OutputTokens)));
        Assert.That(record.TimeToFirstTokenMs, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_stream_that_is_cut_ends_with_an_error_event_and_what_was_read_is_counted()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = 4 });

        using var response = await SendAsync(HelloStreamed, HttpCompletionOption.ResponseHeadersRead);
        var text = await ReadAllAsync(response);

        Assert.That(text, Does.Contain("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\""));
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Code, record.Usage.Estimated), Is.EqualTo((Outcome.Failed, "provider_error", true)));
        Assert.That(record.Usage.Input, Is.GreaterThan(0ul), "the stream said at its start what it had read");
    }

    [TestCase("{\"type\":\"message_stop\"}", true)]
    [TestCase("{\"type\":\"message_delta\"}", false)]
    [TestCase("{\"type\":\"message_stop\"", false)]
    [TestCase("", false)]
    public void A_last_event_without_its_blank_line_is_the_end_where_it_is_whole(string data, bool isEnd) =>
        Assert.That(new AnthropicProvider().IsEnd(Encoding.UTF8.GetBytes(data)), Is.EqualTo(isEnd));

    [TestCase("invalid", 401, "invalid_api_key", "authentication_error")]
    [TestCase("", 401, "invalid_api_key", "authentication_error")]
    public async Task Who_has_no_key_is_told_so_in_Anthropics_shape(string key, int status, string code, string type)
    {
        using var request = Messages(Hello, withKey: false);
        request.Headers.TryAddWithoutValidation("x-api-key", key);

        await AssertRefusedAsync(request, status, code, type);
    }

    [TestCase("{\"model\":\"nope\",\"max_tokens\":1,\"messages\":[]}", 404, "model_not_found", "not_found_error", "")]
    [TestCase("{\"model\":\"claude\",\"messages\":[]}", 400, "invalid_request", "invalid_request_error", "max_tokens")]
    [TestCase("{\"model\":\"claude\",\"max_tokens\":-1,\"messages\":[]}", 400, "invalid_request", "invalid_request_error", "max_tokens")]
    [TestCase("{\"model\":\"claude\",\"max_tokens\":1}", 400, "invalid_request", "invalid_request_error", "messages")]
    [TestCase("{\"max_tokens\":1,\"messages\":[]}", 400, "invalid_request", "invalid_request_error", "model")]
    [TestCase("{\"model\":\"claude\",\"model\":\"gpt\",\"max_tokens\":1,\"messages\":[]}", 400, "invalid_request", "invalid_request_error", "")]
    [TestCase("[1]", 400, "invalid_request", "invalid_request_error", "")]
    public async Task A_body_that_can_not_be_served_is_told_in_Anthropics_shape(string body, int status, string code, string type, string parameter) =>
        await AssertRefusedAsync(Messages(body), status, code, type, parameter);

    [TestCase("\"container\":\"c\"", "container")]
    [TestCase("\"mcp_servers\":[]", "mcp_servers")]
    [TestCase("\"inference_geo\":\"us\"", "inference_geo")]
    [TestCase("\"diagnostics\":{\"previous_message_id\":\"msg_1\"}", "diagnostics")]
    [TestCase("\"service_tier\":\"priority\"", "service_tier")]
    [TestCase("\"speed\":\"fast\"", "speed")]
    [TestCase("\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]", "tools[0].type")]
    [TestCase("\"tools\":[{\"type\":\"code_execution_20250825\",\"name\":\"code_execution\"}]", "tools[0].type")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x.example/a.png\"}}]}]", "messages[0].content[0].source.type")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}]}]", "messages[0].content[0].source.type")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"u\"}}]}]}]", "messages[0].content[0].content[0].source.type")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"container_upload\",\"file_id\":\"f\"}]}]", "messages[0].content[0].type")]
    [TestCase("\"system\":[{\"type\":\"text\",\"text\":\"x\",\"source\":{\"type\":\"url\"}}]", "system[0].source.type")]
    public async Task What_makes_the_provider_act_keep_or_fetch_is_refused(string field, string parameter)
    {
        var messages = field.Contains("\"messages\"", StringComparison.Ordinal) ? "" : "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],";
        await AssertRefusedAsync(Messages($"{{\"model\":\"claude\",\"max_tokens\":8,{messages}{field}}}"), 400, "unsupported_feature", "invalid_request_error", parameter);
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [TestCase("\"service_tier\":\"auto\"")]
    [TestCase("\"speed\":\"standard\"")]
    [TestCase("\"container\":null")]
    [TestCase("\"tools\":[{\"type\":\"custom\",\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}},{\"name\":\"g\",\"input_schema\":{\"type\":\"object\"}}]")]
    [TestCase("\"tools\":[{\"type\":\"bash_20250124\",\"name\":\"bash\"}]")]
    public async Task What_asks_for_nothing_of_the_kind_passes(string field)
    {
        using var response = await SendAsync(Hello[..^1] + "," + field + "}");

        Assert.That((await RecordAsync()).Attempts, Is.EqualTo(1u), await response.Content.ReadAsStringAsync());
    }

    [TestCase(null, "invalid_request")]
    [TestCase("2024-01-01", "invalid_request")]
    public async Task A_version_that_is_none_is_told(string? version, string code)
    {
        using var request = Messages(Hello, version: version);
        await AssertRefusedAsync(request, 400, code, "invalid_request_error", "anthropic-version");
    }

    [Test]
    public async Task The_newer_version_is_passed_on_and_what_it_refuses_is_the_providers_to_say()
    {
        using var request = Messages(Hello[..^1] + ",\"temperature\":1}", version: "2026-10-21");
        await AssertRefusedAsync(request, 400, "provider_rejected", "invalid_request_error");
    }

    [TestCase("files-api-2025-04-14")]
    [TestCase("interleaved-thinking-2025-05-14,mcp-client-2025-11-20")]
    public async Task A_beta_that_nobody_permitted_is_refused(string betas)
    {
        using var request = Messages(Hello);
        request.Headers.Add("anthropic-beta", betas);
        await AssertRefusedAsync(request, 400, "unsupported_feature", "invalid_request_error", "anthropic-beta");
    }

    [TestCase("message-threads-2026-08-12", "thread_unsupported_request")]
    [TestCase("files-api-2025-04-14", null)]
    public async Task Who_wants_its_conversation_kept_is_told_so_that_its_SDK_goes_on_without(string beta, string? code)
    {
        using var request = Messages(Hello);
        request.Headers.Add("anthropic-beta", beta);
        using var response = await client.SendAsync(request);

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>(), error["details"]?["error_code"]?.GetValue<string>()), Is.EqualTo((400, "unsupported_feature", code)), error.ToJsonString());
    }

    [Test]
    public async Task Limits_are_told_in_Anthropics_headers()
    {
        await RestartNodeAsync(services => services.AddSingleton<IShareSource, WholeShares>());
        await EnforceAsync(tenant => tenant.Limits = new() { RequestsPerMinute = 60, TokensPerMinute = 6_000_000 });

        using var response = await SendAsync(Hello);

        Assert.That((Header(response, "anthropic-ratelimit-requests-limit"), Header(response, "anthropic-ratelimit-requests-remaining")), Is.EqualTo(("60", "9")));
        Assert.That(DateTimeOffset.Parse(Header(response, "anthropic-ratelimit-requests-reset"), System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromSeconds(5)));
        Assert.That(Header(response, "anthropic-ratelimit-tokens-limit"), Is.EqualTo("6000000"));
        Assert.That(response.Headers.Contains("x-ratelimit-limit-requests"), Is.False);
    }

    [TestCase(529, 502, "provider_error", "overloaded_error")]
    [TestCase(503, 502, "provider_error", "api_error")]
    [TestCase(429, 429, "provider_rate_limited", "rate_limit_error")]
    [TestCase(401, 502, "provider_error", "api_error")]
    public async Task A_provider_that_fails_is_told_of_in_Anthropics_shape(int told, int status, string code, string type)
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = told });
        await AssertRefusedAsync(Messages(Hello), status, code, type);
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task That_a_provider_is_overloaded_is_told_by_the_type_that_clients_know(int afterChunks)
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Error, Status = 529, AfterChunks = afterChunks });
        using var response = await SendAsync(HelloStreamed, HttpCompletionOption.ResponseHeadersRead);

        var error = await ReadAllAsync(response);
        Assert.That(error, Does.Contain("\"type\":\"overloaded_error\"").And.Contain("\"code\":\"provider_error\""));
        Assert.That((int)response.StatusCode, Is.EqualTo(afterChunks == 0 ? 502 : 200));
    }

    private Task EnforceAsync(Action<TenantSpec> change)
    {
        var claude = TestPublisher.Provider("p-claude", "eu", simulator.AnthropicBaseUrl("eu").ToString());
        (claude.Provider.Protocol, claude.Provider.Credential.Secret) = (Protocol.Anthropic, "p-eu");
        var openAi = TestPublisher.Provider("p-oai", "eu", simulator.OpenAiBaseUrl("eu").ToString());
        openAi.Provider.Credential.Secret = "p-eu";
        var (claudeModel, gpt) = (TestPublisher.Model("claude", "p-claude"), TestPublisher.Model("gpt", "p-oai"));
        claudeModel.Model.Deployments[0].UpstreamModel = Model;
        gpt.Model.Deployments[0].UpstreamModel = "gpt-5-mini-2025-08-07";
        var both = new Resource { Metadata = new() { Name = "both" }, Route = new() { Targets = { new RouteTarget { Model = "gpt" }, new RouteTarget { Model = "claude" } } } };
        var tenant = TestPublisher.Tenant("acme", ["claude", "gpt", "both"], "eu");
        change(tenant.Tenant);
        return node.Snapshots.InstallAsync(publisher.Publish(++version, "eu", [claude, openAi, claudeModel, gpt, both, tenant]), publisher, default);
    }

    private ulong version = 1;

    private Task<HttpResponseMessage> SendAsync(string body, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead) => client.SendAsync(Messages(body), completion);

    private HttpRequestMessage Messages(string body, string? version = "2023-06-01", bool withKey = true, string path = "/v1/messages")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (version is not null)
        {
            request.Headers.Add("anthropic-version", version);
        }

        if (withKey)
        {
            request.Headers.Add("x-api-key", secret.Reveal());
        }

        return request;
    }

    private async Task AssertRefusedAsync(HttpRequestMessage request, int status, string code, string type, string parameter = "")
    {
        using var response = await client.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(((int)response.StatusCode, body["type"]!.GetValue<string>()), Is.EqualTo((status, "error")), body.ToJsonString());
        Assert.That((body["error"]!["code"]!.GetValue<string>(), body["error"]!["type"]!.GetValue<string>()), Is.EqualTo((code, type)), body.ToJsonString());
        Assert.That(body["request_id"]!.GetValue<string>(), Is.EqualTo(Header(response, "request-id")));
        if (parameter.Length > 0)
        {
            Assert.That(body["error"]!["param"]?.GetValue<string>(), Is.EqualTo(parameter));
        }
    }
}
