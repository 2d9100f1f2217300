using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Reporting;
using Asc.Simulator.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests.Mistral;

/// <summary>Mistral's chat completions at a node: what the client says and hears, what the provider sees, what is recorded.</summary>
[TestFixture]
internal sealed class MistralGatewayTests : MistralFixture
{
    [Test]
    public async Task An_answer_is_the_providers_own_bytes_with_ASCs_headers()
    {
        using var response = await SendAsync(Hello);

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        Assert.That((body["object"]!.GetValue<string>(), body["model"]!.GetValue<string>()), Is.EqualTo(("chat.completion", Model)));
        Assert.That(Header(response, "mistral-correlation-id"), Is.EqualTo(Header(response, "x-asc-request-id")), "where Mistral's users look");
        Assert.That((Header(response, "x-asc-provider"), Header(response, "x-asc-model"), Header(response, "x-asc-region")), Is.EqualTo(("p-mistral", "mistral", "eu")));
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Endpoint, record.UpstreamModel, record.Usage.Estimated), Is.EqualTo((Outcome.Ok, "POST /mistral/v1/chat/completions", Model, false)));
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output), Is.EqualTo((body["usage"]!["prompt_tokens"]!.GetValue<long>(), body["usage"]!["completion_tokens"]!.GetValue<long>())));
    }

    [Test]
    public async Task The_provider_sees_the_callers_bytes_but_for_the_models_name_and_its_own_key()
    {
        const string odd = "{ \"metadata\":{\"team\":\"u\"},\n \"max_tokens\": 64,\"model\" : \"mistral\",\"messages\":[{\"content\":[{\"text\":\"gr\\u00fc\\u00df\",\"type\":\"text\"}],\"role\":\"user\"}],\"random_seed\":7}";

        using var request = Asking(odd);
        request.Headers.Add("x-stainless-lang", "js");
        using var response = await client.SendAsync(request);

        var seen = simulator.Requests.Items.Single();
        Assert.That(Encoding.UTF8.GetString(seen.Body.Span), Is.EqualTo(odd.Replace("\"mistral\"", $"\"{Model}\"", StringComparison.Ordinal)));
        Assert.That((seen.Path, seen.Headers["authorization"].ToString()), Is.EqualTo(("/eu/mistral/v1/chat/completions", "Bearer provider-secret")));
        Assert.That(seen.Headers.Keys.Order(), Is.EqualTo(new[] { "authorization", "content-length", "content-type", "host" }));
    }

    [TestCase("", 100L, ",\"max_tokens\":100}")]
    [TestCase(",\"max_tokens\":null", 100L, ",\"max_tokens\":100}")]
    [TestCase(",\"max_tokens\":50", 100L, ",\"max_tokens\":50}")]
    [TestCase("", null, "]}")]
    public async Task An_answer_is_bounded_where_the_tenant_bounds_it_and_the_caller_does_not(string said, long? bound, string sent)
    {
        await EnforceAsync(tenant => tenant.Limits = bound is { } most ? new() { MaxOutputTokens = (uint)most } : null);

        using var response = await SendAsync(Hello[..^1] + said + "}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        Assert.That(Encoding.UTF8.GetString(simulator.Requests.Items.Single().Body.Span), Does.EndWith(sent));
    }

    [Test]
    public async Task A_stream_comes_as_it_is_and_its_usage_is_in_the_last_chunk()
    {
        using var response = await SendAsync(HelloStreamed);

        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(text, Does.EndWith("data: [DONE]\n\n"));
        Assert.That(Encoding.UTF8.GetString(simulator.Requests.Items.Single().Body.Span), Is.EqualTo(HelloStreamed.Replace("\"mistral\"", $"\"{Model}\"", StringComparison.Ordinal)), "nobody asks for usage");
        var last = JsonNode.Parse(text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^2]["data: ".Length..])!;
        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That(last["usage"]!["completion_tokens"]!.GetValue<long>(), Is.EqualTo(billed.OutputTokens));
        Assert.That((record.Stream, record.Outcome, record.Usage.Estimated, (long)record.Usage.Input, (long)record.Usage.Output), Is.EqualTo((true, Outcome.Ok, false, billed.InputTokens, billed.OutputTokens)));
        Assert.That(record.TimeToFirstTokenMs, Is.GreaterThan(0));
    }

    [Test]
    public async Task What_was_read_from_the_cache_is_recorded_as_that()
    {
        var preamble = new string('x', 20_000);
        for (var turn = 0; turn < 2; turn++)
        {
            using var response = await SendAsync($"{{\"model\":\"mistral\",\"prompt_cache_key\":\"k\",\"messages\":[{{\"role\":\"system\",\"content\":\"{preamble}\"}},{{\"role\":\"user\",\"content\":\"hi\"}}]}}");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        var records = await node.Get<IRecordSpool>().RecordsAsync(0);
        Assert.That((records[0].Usage.CachedRead, records[1].Usage.CachedRead > 0, records[1].Usage.Input + records[1].Usage.CachedRead), Is.EqualTo((0ul, true, records[0].Usage.Input)));
    }

    [TestCase(FaultKind.Cut, "p-mistral cut the stream")]
    [TestCase(FaultKind.Malformed, "not JSON")]
    public async Task A_stream_that_breaks_ends_with_an_error_in_Mistrals_shape(FaultKind kind, string told)
    {
        simulator.SetFaults(new Fault { Kind = kind, AfterChunks = 4 });

        using var response = await SendAsync(HelloStreamed, HttpCompletionOption.ResponseHeadersRead);
        var text = await ReadAllAsync(response);

        Assert.That(text, Does.Contain("data: {\"object\":\"error\",\"message\":\"").And.Contain(told));
        Assert.That(text, Does.Not.Contain("[DONE]"));
        Assert.That(((await RecordAsync()).Outcome, (await RecordAsync()).Usage.Estimated), Is.EqualTo((Outcome.Failed, true)));
    }

    [Test]
    public async Task An_error_within_a_stream_is_told_in_ASCs_words()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Error, Status = 503, AfterChunks = 4 });

        using var response = await SendAsync(HelloStreamed, HttpCompletionOption.ResponseHeadersRead);

        Assert.That(await ReadAllAsync(response), Does.Contain("p-mistral reported an error in the middle of the answer").And.Not.Contain("unreachable_backend"));
    }

    [TestCase("{\"model\":\"nope\",\"messages\":[]}", 404, "model_not_found", "invalid_request_error", "")]
    [TestCase("{\"model\":\"mistral\"}", 400, "invalid_request", "invalid_request_error", "messages")]
    [TestCase("{\"messages\":[]}", 400, "invalid_request", "invalid_request_error", "model")]
    [TestCase("{\"model\":\"mistral\",\"max_tokens\":-1,\"messages\":[]}", 400, "invalid_request", "invalid_request_error", "max_tokens")]
    [TestCase("{\"model\":\"mistral\",\"model\":\"gpt\",\"messages\":[]}", 400, "invalid_request", "invalid_request_error", "")]
    [TestCase("[1]", 400, "invalid_request", "invalid_request_error", "")]
    public async Task A_body_that_can_not_be_served_is_told_in_Mistrals_shape(string body, int status, string code, string type, string parameter) =>
        await AssertRefusedAsync(Asking(body), status, code, type, parameter);

    [Test]
    public async Task Who_has_no_key_and_who_asks_for_what_is_not_there_are_told_in_Mistrals_shape()
    {
        using var keyless = new HttpRequestMessage(HttpMethod.Post, Chats) { Content = new StringContent(Hello, Encoding.UTF8, "application/json") };
        await AssertRefusedAsync(keyless, 401, "invalid_api_key", "authentication_error");
        using var elsewhere = Asking(Hello, "/mistral/v1/ocr");
        await AssertRefusedAsync(elsewhere, 404, "not_found", "invalid_request_error");
    }

    [TestCase("\"tools\":[]", "body.tools: List should have at least 1 item")]
    [TestCase("\"max_completion_tokens\":9", "body.max_completion_tokens: Extra inputs are not permitted")]
    [TestCase("\"temperature\":1.6", "Temperature must be between 0")]
    public async Task What_Mistral_refuses_is_told_in_its_words(string field, string told)
    {
        using var response = await SendAsync(Hello[..^1] + "," + field + "}");

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(((int)response.StatusCode, body["code"]!.GetValue<string>()), Is.EqualTo((400, "provider_rejected")).Or.EqualTo((422, "provider_rejected")));
        Assert.That(body["message"]!.GetValue<string>(), Does.Contain(told));
    }

    [TestCase(429, 429, "provider_rate_limited", "rate_limit_error")]
    [TestCase(500, 502, "provider_error", "server_error")]
    [TestCase(401, 502, "provider_error", "server_error")]
    public async Task A_provider_that_fails_is_told_of_in_Mistrals_shape(int told, int status, string code, string type)
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = told });
        await AssertRefusedAsync(Asking(Hello), status, code, type);
    }

    [Test]
    public async Task Limits_are_told_in_headers_of_a_minute()
    {
        await RestartNodeAsync(services => services.AddSingleton<IShareSource, WholeShares>());
        await EnforceAsync(tenant => tenant.Limits = new() { RequestsPerMinute = 60, TokensPerMinute = 6_000_000 });

        using var response = await SendAsync(Hello);

        Assert.That((Header(response, "x-ratelimit-limit-req-minute"), Header(response, "x-ratelimit-remaining-req-minute")), Is.EqualTo(("60", "9")));
        Assert.That(Header(response, "x-ratelimit-limit-tokens-minute"), Is.EqualTo("6000000"));
        Assert.That(response.Headers.Contains("x-ratelimit-limit-requests"), Is.False);
    }

    [Test]
    public async Task The_names_that_may_be_asked_for_are_told_as_Mistrals_SDK_reads_them()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mistral/v1/models");
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + secret.Reveal());
        using var response = await client.SendAsync(request);

        var list = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(list["data"]!.AsArray().Select(model => model!["id"]!.GetValue<string>()), Is.EqualTo(new[] { "codestral", "embed", "gpt", "mistral" }));
        Assert.That(list["data"]!.AsArray().Select(model => (model!["type"]!.GetValue<string>(), model["capabilities"]!["completion_chat"]!.GetValue<bool>())), Is.All.EqualTo(("base", true)));
        Assert.That(Header(response, "mistral-correlation-id"), Is.EqualTo(Header(response, "x-asc-request-id")));
    }
}
