using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Decisions;
using Asc.Simulator;
using Asc.Simulator.Faults;
using Asc.Simulator.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests;

/// <summary>A node's answers on the wire, and what the provider saw: asserted from the provider's own journal.</summary>
public sealed class GatewayTests
{
    private const string Chat = "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
    private const string Streamed = "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}],\"stream\":true}";
    private readonly BearerSecret secret = BearerSecret.Issue(SecretKind.ApiKey);
    private readonly BearerSecret elsewhere = BearerSecret.Issue(SecretKind.ApiKey);
    private TestPublisher publisher = null!;
    private ProviderSimulator simulator = null!;
    private TestNode node = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task StartAll()
    {
        simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero });
        await StartNodeAsync();
    }

    [TearDown]
    public async Task StopAll()
    {
        client.Dispose();
        await node.DisposeAsync();
        await simulator.DisposeAsync();
    }

    [Test]
    public async Task A_completion_is_the_providers_own_bytes_with_ASCs_headers()
    {
        using var response = await PostAsync(Chat);

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(body["choices"]![0]!["message"]!["content"]!.GetValue<string>(), Is.Not.Empty);
            Assert.That(Header(response, "x-asc-request-id"), Is.EqualTo(Header(response, "x-request-id")));
            Assert.That(Header(response, "x-asc-policy-version"), Is.EqualTo("1"));
            Assert.That(Header(response, "x-asc-node"), Is.EqualTo("eu-1"));
            Assert.That(Header(response, "x-asc-provider"), Is.EqualTo("p-eu"));
            Assert.That(Header(response, "x-asc-model"), Is.EqualTo("gpt-5-mini"));
            Assert.That(Header(response, "x-asc-region"), Is.EqualTo("eu"));
            Assert.That(Header(response, "x-asc-attempts"), Is.EqualTo("1"));
        });
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Tenant, record.KeyId, record.Provider, record.UpstreamModel, record.Status), Is.EqualTo((Outcome.Ok, "acme", secret.Id, "p-eu", "gpt-5-mini-2025-08-07", 200u)));
        Assert.That((long)(record.Usage.Input + record.Usage.CachedRead), Is.EqualTo((await SeenAsync()).Usage!.InputTokens));
        Assert.That((long)record.Usage.Output, Is.EqualTo((await SeenAsync()).Usage!.OutputTokens));
        Assert.That(record.Usage.Estimated, Is.False);
    }

    [Test]
    public async Task The_provider_sees_its_own_key_and_only_the_contracts_headers()
    {
        using var request = Request(Chat);
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        request.Headers.Add("x-secret-of-the-client", "s3cret");
        request.Headers.Add("cookie", "a=b");
        request.Headers.Add("OpenAI-Organization", "org-x");
        request.Headers.Add("accept", "application/json");
        using var response = await client.SendAsync(request);

        var seen = simulator.Requests.Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That(seen.Headers.Keys.Order(), Is.EqualTo(new[] { "accept", "authorization", "content-length", "content-type", "host" }));
            Assert.That(seen.Headers["authorization"].ToString(), Is.EqualTo("Bearer provider-secret"));
            Assert.That(Encoding.UTF8.GetString(seen.Body.Span), Is.EqualTo(Chat.Replace("\"gpt-5-mini\"", "\"gpt-5-mini-2025-08-07\"", StringComparison.Ordinal)));
        });
    }

    [Test]
    public async Task Mutant_without_the_header_filter_the_clients_key_reaches_the_provider()
    {
        await RestartNodeAsync(services => services.AddSingleton<IClientHeaderFilter, ForwardsAll>());

        using var response = await PostAsync(Chat);

        Assert.That(simulator.Requests.Items.Single().Headers["authorization"].ToString(), Does.Contain(secret.Reveal()), "The_provider_sees_its_own_key_and_only_the_contracts_headers would fail");
    }

    [Test]
    public async Task A_stream_comes_event_by_event_and_ASCs_own_usage_chunk_is_hidden()
    {
        using var response = await PostAsync(Streamed);

        var text = await response.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
            Assert.That(text, Does.EndWith("data: [DONE]\n\n"));
            Assert.That(text, Does.Not.Contain("\"choices\":[]"));
        });
        var record = await RecordAsync();
        Assert.That((record.Stream, record.Outcome, record.Usage.Estimated), Is.EqualTo((true, Outcome.Ok, false)));
        Assert.That((long)record.Usage.Output, Is.EqualTo((await SeenAsync()).Usage!.OutputTokens));
        Assert.That(record.TimeToFirstTokenMs, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_client_that_asks_for_usage_gets_its_chunk()
    {
        using var response = await PostAsync(Streamed[..^1] + ",\"stream_options\":{\"include_usage\":true}}");

        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"choices\":[]"));
    }

    [Test]
    public async Task Mutant_without_the_usage_injection_a_stream_is_only_estimated()
    {
        await RestartNodeAsync(services => services.AddSingleton<IUsageInjection, NeverAsks>());

        using var response = await PostAsync(Streamed);
        await response.Content.ReadAsStringAsync();

        Assert.That((await RecordAsync()).Usage.Estimated, Is.True, "A_stream_comes_event_by_event_and_ASCs_own_usage_chunk_is_hidden would fail");
    }

    [Test]
    public async Task A_client_that_leaves_ends_the_provider_call_and_what_it_used_is_counted()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 3 });
        using (var leaving = new CancellationTokenSource())
        {
            using var response = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead, leaving.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(leaving.Token);
            await stream.ReadExactlyAsync(new byte[300], leaving.Token);
            response.Dispose();
        }

        var seen = await SeenAsync();
        Assert.That(seen.ClientAborted, Is.True);
        var record = await RecordAsync();
        Assert.Multiple(() =>
        {
            Assert.That((record.Outcome, record.Code, record.Status), Is.EqualTo((Outcome.Aborted, "client_closed_request", 499u)));
            Assert.That(record.Usage.Estimated, Is.True);
            Assert.That(record.Usage.Output, Is.GreaterThan(0));
            Assert.That(record.Usage.Input, Is.GreaterThan(0));
        });
    }

    [TestCase(FaultKind.Cut, "provider_error")]
    [TestCase(FaultKind.Malformed, "provider_error")]
    public async Task A_stream_that_breaks_ends_with_an_error_event_and_a_cut_connection(FaultKind kind, string code)
    {
        simulator.SetFaults(new Fault { Kind = kind, AfterChunks = 3 });

        using var response = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var last = "";
        await Assert.ThatAsync(
            async () =>
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    last = line.Length > 0 ? line : last;
                }
            },
            Throws.InstanceOf<IOException>(), "half an answer must not look like a whole one");

        Assert.That(JsonNode.Parse(last["data: ".Length..])!["error"]!["code"]!.GetValue<string>(), Is.EqualTo(code));
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Code, record.Usage.Estimated), Is.EqualTo((Outcome.Failed, code, true)));
        Assert.That(record.Usage.Output, Is.GreaterThan(0));
    }

    [TestCase(429, 429, "provider_rate_limited")]
    [TestCase(500, 502, "provider_error")]
    [TestCase(503, 502, "provider_error")]
    [TestCase(401, 502, "provider_error")]
    [TestCase(400, 400, "provider_rejected")]
    [TestCase(422, 422, "provider_rejected")]
    public async Task A_providers_refusal_becomes_ASCs_own_error(int upstream, int status, string code)
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = upstream, Headers = new Dictionary<string, string> { ["retry-after"] = "7" } });

        await AssertErrorAsync(Request(Chat), status, code);
        var record = await RecordAsync();
        Assert.That((record.UpstreamStatus, record.Usage.Output, record.Attempts), Is.EqualTo(((uint)upstream, 0ul, 1u)));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n{\"error\":{\"message\":\"org-secret\"}}", 502, "provider_error")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\nhello", 502, "provider_error")]
    [TestCase("HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: 31\r\n\r\n{\"error\":{\"message\":\"\\ud800 x\"}}", 400, "provider_rejected")]
    [TestCase("HTTP/1.1 204 No Content\r\n\r\n", 502, "provider_error")]
    [TestCase("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n", 502, "provider_error")]
    [TestCase("nonsense\r\n\r\n", 502, "provider_error")]
    public async Task Whatever_a_provider_answers_the_client_gets_an_error_of_its_own_protocol(string answer, int status, string code)
    {
        await using var odd = new OddProvider(answer);
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources(url: odd.Url)), publisher, default);

        await AssertErrorAsync(Request(Chat), status, code);
        Assert.That((await RecordAsync()).Usage.Output, Is.Zero);
    }

    [Test]
    public async Task A_stream_that_has_said_it_is_over_is_over_whatever_the_connection_does()
    {
        await using var odd = new OddProvider("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9999\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources(url: odd.Url)), publisher, default);

        using var response = await PostAsync(Streamed);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.EndWith("data: [DONE]\n\n"));
        Assert.That((await RecordAsync()).Outcome, Is.EqualTo(Outcome.Ok));
    }

    [Test]
    public async Task A_call_of_which_no_byte_was_sent_used_nothing()
    {
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources(url: "http://127.0.0.1:9/v1")), publisher, default);

        await AssertErrorAsync(Request(Chat), 502, "provider_error", "can't be reached");
        Assert.That((await RecordAsync()).Usage.Input, Is.Zero);
    }

    [Test]
    public async Task A_client_that_breaks_off_in_its_own_request_is_recorded_as_gone()
    {
        for (var i = 0; i < 5; i++)
        {
            using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { LingerState = new(true, 0) };
            await socket.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {secret.Reveal()}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"mo"));
            if (i % 2 == 0)
            {
                socket.LingerState = new(false, 0);
                socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
                try
                {
                    await socket.ReceiveAsync(new byte[1000]);
                }
                catch (System.Net.Sockets.SocketException)
                {
                    // An answer or a reset: the client that left doesn't care.
                }
            }
        }

        IReadOnlyList<ExecutionRecord> records = [];
        for (var i = 0; i < 500 && records.Count < 5; i++)
        {
            records = await node.Get<IRecordSpool>().ReadAsync(0, 10, default);
            await Task.Delay(10);
        }

        Assert.That(records.Select(record => (record.Outcome, record.Code)), Is.All.EqualTo((Outcome.Aborted, "client_closed_request")));
    }

    [Test]
    public async Task A_header_that_HTTP_can_not_carry_is_not_forwarded()
    {
        using var request = Request(Chat);
        request.Headers.TryAddWithoutValidation("accept", new string('x', 5000));
        using var response = await client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(simulator.Requests.Items.Single().Headers.ContainsKey("accept"), Is.False);
    }

    [Test]
    public async Task A_cut_answer_is_a_provider_error_and_no_half_body()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut });

        await AssertErrorAsync(Request(Chat), 502, "provider_error");
    }

    [Test]
    public async Task Denials_say_whose_rule_it_is_and_nothing_reaches_the_provider()
    {
        await AssertErrorAsync(Request(Chat.Replace("gpt-5-mini", "gpt-5", StringComparison.Ordinal)), 403, "model_not_allowed", "models.allow of acme", "Allowed here: gpt-5-mini");
        await AssertErrorAsync(Request(Chat.Replace("gpt-5-mini", "gpt-9", StringComparison.Ordinal)), 404, "model_not_found", "does not exist");
        await AssertErrorAsync(Request(Chat, elsewhere), 403, "residency_violation", "permits us");
        await AssertErrorAsync(Request("{"), 400, "invalid_request", "not JSON");
        await AssertErrorAsync(Request(Chat[..^1] + ",\"store\":true}"), 400, "unsupported_feature", "store");
        await AssertErrorAsync(Request(Chat, BearerSecret.Issue(SecretKind.ApiKey)), 401, "invalid_api_key");

        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [Test]
    public async Task A_revoked_key_fails_and_the_mutant_that_does_not_look_lets_it_in()
    {
        var revocation = publisher.Access(TestPublisher.KeyOf(secret, "acme", key => key.RevokedAt = new()));
        await node.Access.ApplyAsync(revocation, publisher, default);
        await AssertErrorAsync(Request(Chat), 401, "key_revoked");

        await RestartNodeAsync(services => services.AddSingleton<IKeyVerifier, NeverLooks>());
        await node.Access.ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme", key => key.RevokedAt = new())), publisher, default);
        using var response = await PostAsync(Chat);
        Assert.That(response.IsSuccessStatusCode, Is.True, "without the revocation check this test would fail");
    }

    [Test]
    public async Task Suspensions_and_kill_switches_bite_at_once()
    {
        await SwitchAsync(new() { Model = new() { Model = "gpt-5-mini", Disabled = true } });
        await AssertErrorAsync(Request(Chat), 403, "model_not_allowed", "disabled");

        await SwitchAsync(new() { Model = new() { Model = "gpt-5-mini", Disabled = false } });
        await SwitchAsync(new() { Provider = new() { Provider = "p-eu", Disabled = true } });
        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target");

        await SwitchAsync(new() { Provider = new() { Provider = "p-eu", Disabled = false } });
        await SwitchAsync(new() { Tenant = new() { TenantId = TestPublisher.TenantId("acme"), Suspended = true } });
        await AssertErrorAsync(Request(Chat), 403, "tenant_suspended", "acme");
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [Test]
    public async Task Two_different_credentials_are_refused_and_the_same_twice_passes()
    {
        using var request = Request(Chat);
        request.Headers.Add("x-api-key", elsewhere.Reveal());
        await AssertErrorAsync(request, 400, "invalid_request", "two different credentials");

        using var same = Request(Chat);
        same.Headers.Add("x-api-key", secret.Reveal());
        using var response = await client.SendAsync(same);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("x-asc-data-class", "phi")]
    [TestCase("x-asc-tags", "a=b")]
    public async Task A_header_that_asks_for_more_than_is_enforced_is_refused(string name, string value)
    {
        using var request = Request(Chat);
        request.Headers.Add(name, value);
        await AssertErrorAsync(request, 400, "unsupported_feature", name);
    }

    [Test]
    public async Task What_is_not_served_has_its_own_error()
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, "/v1/chat/completions");
        get.Headers.Add("authorization", "Bearer " + secret.Reveal());
        await AssertErrorAsync(get, 405, "method_not_allowed");

        using var unknown = new HttpRequestMessage(HttpMethod.Post, "/v1/images") { Content = new StringContent("{}") };
        unknown.Headers.Add("authorization", "Bearer " + secret.Reveal());
        await AssertErrorAsync(unknown, 404, "not_found");

        using var text = Request(Chat);
        text.Content = new StringContent(Chat);
        await AssertErrorAsync(text, 415, "unsupported_media_type");
    }

    [Test]
    public async Task A_provider_without_a_credential_on_the_node_is_not_called()
    {
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources("p-unknown")), publisher, default);

        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target", "no credential \"p-unknown\"");
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [Test]
    public async Task A_node_without_a_policy_refuses_all()
    {
        await using var empty = new TestNode(publisher, "eu");
        using var lost = new HttpClient { BaseAddress = await empty.StartAsync() };
        using var response = await lost.PostAsync("/v1/chat/completions", new StringContent(Chat, Encoding.UTF8, "application/json"));

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("not_ready"));
    }

    private async Task AssertErrorAsync(HttpRequestMessage request, int status, string code, params string[] messages)
    {
        using var response = await client.SendAsync(request);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>()), Is.EqualTo((status, code)), error.ToJsonString());
        foreach (var message in messages)
        {
            Assert.That(error["message"]!.GetValue<string>(), Does.Contain(message));
        }

        Assert.That(response.Headers.Contains("x-asc-request-id"), Is.True);
    }

    private IEnumerable<Contracts.Policy.V1.Resource> Resources(string provider = "p-eu", string? url = null) =>
    [
        TestPublisher.Provider(provider, "eu", url ?? simulator.OpenAiBaseUrl("eu").ToString()), TestPublisher.Model("gpt-5-mini", provider), TestPublisher.Model("gpt-5", provider),
        TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu"),
    ];

    private async Task StartNodeAsync(Action<IServiceCollection>? composition = null)
    {
        publisher = new();
        node = new(publisher, "eu", composition: composition, secrets: new Dictionary<string, string> { ["p-eu"] = "provider-secret" });
        await node.Access.ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme"), TestPublisher.KeyOf(elsewhere, "globex")), publisher, default);
        await node.Snapshots.InstallAsync(
            publisher.Publish(1, "eu", Resources(), manifest => manifest.Elsewhere.Add(new TenantElsewhere { TenantId = TestPublisher.TenantId("globex"), Regions = { "us" } })), publisher, default);
        client = new() { BaseAddress = await node.StartAsync() };
    }

    private async Task RestartNodeAsync(Action<IServiceCollection> composition)
    {
        client.Dispose();
        await node.DisposeAsync();
        await StartNodeAsync(composition);
    }

    private Task SwitchAsync(AccessEntry entry) => node.Access.ApplyAsync(publisher.Access(entry), publisher, default);

    private HttpRequestMessage Request(string body, BearerSecret? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + (key ?? secret).Reveal());
        return request;
    }

    private Task<HttpResponseMessage> PostAsync(string body) => client.SendAsync(Request(body));

    // What the provider bills is known once its answer has ended.
    private async Task<RecordedRequest> SeenAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        return await simulator.Requests.WaitForAsync(request => request.Ended, patience.Token);
    }

    private async Task<ExecutionRecord> RecordAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        IReadOnlyList<ExecutionRecord> records;
        do
        {
            records = await node.Get<IRecordSpool>().ReadAsync(0, 10, patience.Token);
            await Task.Yield();
        }
        while (records.Count == 0 && !patience.IsCancellationRequested);
        return records.Single();
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private sealed class ForwardsAll : IClientHeaderFilter
    {
        public void Forward(IHeaderDictionary client, bool traceContext, HttpRequestMessage upstream)
        {
            foreach (var header in client)
            {
                upstream.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
            }
        }
    }

    private sealed class NeverAsks : IUsageInjection
    {
        public bool IsNeeded(in ChatRequest request) => false;
    }

    private sealed class NeverLooks : IKeyVerifier
    {
        public ErrorCode Judge(AccessKey key, ReadOnlySpan<char> presented, DateTimeOffset now) => BearerSecret.Matches(presented, key.SecretSha256.Span) ? ErrorCode.None : ErrorCode.InvalidApiKey;
    }
}
