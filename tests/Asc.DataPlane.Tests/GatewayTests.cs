using Asc.DataPlane.Providers;
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
[TestFixture]
internal sealed class GatewayTests : GatewayFixture
{
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
    public async Task A_body_that_is_refused_is_recorded_with_the_name_that_it_asked_for()
    {
        await AssertErrorAsync(Request(Chat[..^1] + ",\"store\":true}"), 400, "unsupported_feature");

        Assert.That((await RecordAsync()).RequestedModel, Is.EqualTo("gpt-5-mini"));
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
            Assert.That(text, Does.Not.Contain("\"usage\""), "what the question leaves in the others goes too");
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

        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"choices\":[]").And.Contain("\"usage\":null"));
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
    public async Task A_header_that_HTTP_can_not_carry_is_not_forwarded()
    {
        using var request = Request(Chat);
        request.Headers.TryAddWithoutValidation("accept", new string('x', 5000));
        using var response = await client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(simulator.Requests.Items.Single().Headers.ContainsKey("accept"), Is.False);
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
        Assert.That((await node.Get<IRecordSpool>().RecordsAsync(0)).Select(record => record.Rule), Is.EqualTo(new[] { "models.allow", "model.defined", "residency.node", "", "", "" }), "as explain names them");
    }

    [Test]
    public async Task A_revoked_key_fails_and_the_mutant_that_does_not_look_lets_it_in()
    {
        var revocation = publisher.Access(TestPublisher.KeyOf(secret, "acme", key => key.RevokedAt = new()));
        await node.ApplyAsync(revocation, publisher);
        await AssertErrorAsync(Request(Chat), 401, "key_revoked");

        await RestartNodeAsync(services => services.AddSingleton<IKeyVerifier, NeverLooks>());
        await node.ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme", key => key.RevokedAt = new())), publisher);
        using var response = await PostAsync(Chat);
        Assert.That(response.IsSuccessStatusCode, Is.True, "without the revocation check this test would fail");
    }

    [Test]
    public async Task Only_who_holds_the_secret_learns_that_a_key_is_revoked()
    {
        await node.ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme", key => key.RevokedAt = new())), publisher);
        using var guess = Request(Chat);
        guess.Headers.Remove("authorization");
        guess.Headers.TryAddWithoutValidation("authorization", "Bearer " + secret.Reveal()[..16] + BearerSecret.Issue(SecretKind.ApiKey).Reveal()[16..]);

        await AssertErrorAsync(guess, 401, "invalid_api_key");
    }

    [Test]
    public async Task A_connection_that_was_let_in_is_asked_again_with_each_request()
    {
        using (var first = await PostAsync(Chat))
        {
            Assert.That(first.IsSuccessStatusCode, Is.True);
        }

        var other = secret.Reveal()[..^1] + (secret.Reveal()[^1] == '0' ? '1' : '0');
        using var wrong = Request(Chat);
        wrong.Headers.Remove("authorization");
        wrong.Headers.TryAddWithoutValidation("authorization", "Bearer " + other);
        await AssertErrorAsync(wrong, 401, "invalid_api_key");
        using (var again = await PostAsync(Chat))
        {
            Assert.That(again.IsSuccessStatusCode, Is.True);
        }

        await node.ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme", key => key.RevokedAt = new())), publisher);
        await AssertErrorAsync(Request(Chat), 401, "key_revoked");
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

    [TestCase("authorization")]
    [TestCase("x-api-key")]
    public async Task A_header_that_says_the_same_key_twice_is_one_credential_and_two_keys_are_not(string name)
    {
        var prefix = name == "authorization" ? "Bearer " : "";
        Assert.That(await StatusLineAsync(prefix + secret.Reveal(), prefix + secret.Reveal()), Does.Contain(" 200 "));
        Assert.That(await StatusLineAsync(prefix + secret.Reveal(), prefix + elsewhere.Reveal()), Does.Contain(" 400 "));
        Assert.That(await StatusLineAsync(prefix + elsewhere.Reveal(), prefix + secret.Reveal()), Does.Contain(" 400 "));

        // A client of the framework's would join the two lines.
        async Task<string?> StatusLineAsync(string first, string second)
        {
            using var connection = new System.Net.Sockets.TcpClient();
            await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n{name}: {first}\r\n{name}: {second}\r\nContent-Type: application/json\r\nContent-Length: {Chat.Length}\r\n\r\n{Chat}"));
            using var answer = new StreamReader(connection.GetStream());
            return await answer.ReadLineAsync();
        }
    }

    [Test]
    public async Task What_is_not_served_has_its_own_error()
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, "/v1/chat/completions");
        get.Headers.Add("authorization", "Bearer " + secret.Reveal());
        await AssertErrorAsync(get, 405, "method_not_allowed");

        using var unknown = new HttpRequestMessage(HttpMethod.Post, "/v1/images") { Content = new StringContent("{}") };
        unknown.Headers.Add("authorization", "Bearer " + secret.Reveal());
        await AssertErrorAsync(unknown, 404, "not_found", "GET /v1/models and GET /mistral/v1/models");

        using var text = Request(Chat);
        text.Content = new StringContent(Chat);
        await AssertErrorAsync(text, 415, "unsupported_media_type");
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

    private sealed class ForwardsAll : IClientHeaderFilter
    {
        public void Forward(IHeaderDictionary client, bool traceContext, UpstreamHeaders upstream)
        {
            // The message's own framing is nobody's to forward.
            foreach (var header in client.Where(header => header.Key is not ("Host" or "Content-Length" or "Content-Type")))
            {
                upstream.Add(header.Key, header.Value.ToString());
            }
        }
    }

    private sealed class NeverAsks : IUsageInjection
    {
        public bool IsNeeded(in ModelRequest request) => false;
    }

    private sealed class NeverLooks : IKeyVerifier
    {
        public bool Fits(AccessKey key, ReadOnlySpan<char> presented) => BearerSecret.Matches(presented, key.SecretSha256.Span);

        public ErrorCode StateOf(AccessKey key, DateTimeOffset now) => ErrorCode.None;
    }
}
