using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Resilience;
using Asc.Simulator.Faults;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Asc.DataPlane.Tests.Resilience;

/// <summary>What becomes of a request whose first target fails, in each way in which targets fail.</summary>
[TestFixture]
internal sealed class FailoverTests : FailoverFixture
{
    private const double TimerResolution = 0.02;
    private const int Requests = 20;
    private const string Answer = "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    private const string Events = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":null}]}\n\ndata: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    [TestCase(FaultKind.Status, 500, false)]
    [TestCase(FaultKind.Status, 429, false)]
    [TestCase(FaultKind.Status, 401, false)]
    [TestCase(FaultKind.Cut, 0, false)]
    [TestCase(FaultKind.Malformed, 0, false)]
    [TestCase(FaultKind.Delay, 0, false)]
    [TestCase(FaultKind.Status, 503, true)]
    [TestCase(FaultKind.Cut, 0, true)]
    [TestCase(FaultKind.Malformed, 0, true)]
    [TestCase(FaultKind.Stall, 0, true)]
    [TestCase(FaultKind.Error, 500, true)]
    [TestCase(FaultKind.Delay, 0, true)]
    public async Task Every_request_succeeds_where_a_permitted_target_is_well(FaultKind kind, int status, bool stream)
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = kind, Status = status, Match = new("eu", null, null), Delay = kind == FaultKind.Delay ? TimeSpan.FromSeconds(30) : default });

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => AnswerAsync(stream ? Streamed : Chat)));

        Assert.That(answers.Select(answer => (answer.Status, answer.Region)), Is.All.EqualTo((HttpStatusCode.OK, "us")));
        Assert.That(answers.Select(answer => answer.Text), Is.All.Contains(stream ? "data: [DONE]" : "\"content\""));
    }

    [TestCase(429, "7", 429, "50", 429, "7", "7000")]
    [TestCase(503, "50", 503, "7", 502, "7", "7000")]
    [TestCase(503, "7", 500, "", 502, "7", "7000")]
    [TestCase(500, "", 529, "soon", 502, "", "", TestName = "A delay that is none is not told")]
    [TestCase(503, "7", 400, "", 400, "", "", TestName = "What is at fault itself is not mended by a delay")]
    public async Task Where_all_refuse_the_client_is_told_of_the_one_that_is_there_again_first(int eu, string euDelay, int us, string usDelay, int status, string seconds, string milliseconds)
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(Refusal("eu", eu, euDelay), Refusal("us", us, usDelay));

        using var refused = await PostAsync(Chat);

        Assert.That(((int)refused.StatusCode, Delay("retry-after"), Delay("retry-after-ms")), Is.EqualTo((status, seconds, milliseconds)));
        Assert.That(refused.Headers.Contains("x-should-retry"), Is.EqualTo(seconds.Length == 0));

        static Fault Refusal(string region, int status, string delay) =>
            new() { Kind = FaultKind.Status, Status = status, Match = new(region, null, null), Headers = new Dictionary<string, string>(delay.Length == 0 ? [] : [new("retry-after", delay)]) };

        string Delay(string header) => refused.Headers.TryGetValues(header, out var values) ? values.Single() : "";
    }

    [Test]
    public async Task What_one_clients_requests_are_forbidden_closes_a_deployment_to_nobody()
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 403, Match = new("eu", null, null) });

        for (var request = 0; request < Requests; request++)
        {
            Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));
        }

        Assert.That(simulator.Requests.Since(0).Count(request => request.Region == "eu"), Is.EqualTo(Requests), "no circuit opened, and none was asked twice");
        Assert.That(node.Get<HealthBoard>().All.Sum(health => health.Failures), Is.Zero);
    }

    [Test]
    public async Task An_answer_that_is_longer_than_the_node_takes_is_not_bought_twice()
    {
        await using var odd = new OddProvider("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 70000000\r\n\r\n{");
        await AssertNobodyElseIsAskedAsync(odd.Url, Chat);
    }

    [Test]
    public async Task A_streams_event_that_is_longer_than_the_node_takes_is_not_bought_twice()
    {
        await using var odd = new OddProvider($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {new string('x', 9 << 20)}\n\n");
        await AssertNobodyElseIsAskedAsync(odd.Url, Streamed);
    }

    private async Task AssertNobodyElseIsAskedAsync(string url, string body)
    {
        await EnforceAsync(TestPublisher.Provider("p-eu", "eu", url), Fast("p-us", "us"));

        await AssertErrorAsync(Request(body), 502, "answer_too_large", "p-eu");

        Assert.That((await RecordAsync()).Attempts, Is.EqualTo(1u));
        Assert.That(simulator.Requests.Since(0), Is.Empty);
        Assert.That(node.Get<HealthBoard>().All.Sum(health => health.Failures), Is.Zero, "the bound is the node's own");
    }

    [TestCase(true, "application/json", Answer)]
    [TestCase(false, "text/event-stream", Events)]
    public async Task Who_answers_in_a_form_that_was_not_asked_for_is_passed_over(bool stream, string type, string said)
    {
        await using var odd = new OddProvider($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {said.Length}\r\n\r\n{said}");
        await EnforceAsync(TestPublisher.Provider("p-eu", "eu", odd.Url), Fast("p-us", "us"));

        using var response = await PostAsync(stream ? Streamed : Chat);

        Assert.That((Header(response, "x-asc-region"), response.Content.Headers.ContentType!.MediaType), Is.EqualTo(("us", stream ? "text/event-stream" : "application/json")));
        Assert.That((await RecordAsync()).Tries[0].Code, Is.EqualTo("provider_error"));
    }

    [TestCase(true, "application/json", Answer, "event: message_stop")]
    [TestCase(false, "text/event-stream", Events, "\"type\":\"message\"")]
    public async Task Where_it_is_translated_the_client_gets_the_form_that_it_asked_for(bool stream, string type, string said, string told)
    {
        await using var odd = new OddProvider($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {said.Length}\r\n\r\n{said}");
        await EnforceAsync(TestPublisher.Provider("p-eu", "eu", odd.Url));
        using var request = Request($"{{\"model\":\"gpt-5-mini\",\"max_tokens\":9,\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}],\"stream\":{(stream ? "true" : "false")}}}");
        request.RequestUri = new Uri("/v1/messages", UriKind.Relative);
        request.Headers.Add("anthropic-version", "2023-06-01");

        using var response = await client.SendAsync(request);

        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(stream ? "text/event-stream" : "application/json"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(told));
    }

    [Test]
    public async Task Where_nobody_could_be_asked_the_client_is_not_told_that_nobody_answered()
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        using var request = Request("{\"model\":\"gpt-5-mini\",\"max_tokens\":0,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        request.RequestUri = new Uri("/v1/messages", UriKind.Relative);
        request.Headers.Add("anthropic-version", "2023-06-01");

        await AssertErrorAsync(request, 400, "unsupported_feature", "None of the 2 permitted targets could be asked.");
    }

    [Test]
    public async Task Where_all_forbid_it_the_client_is_told_so()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 403 });

        await AssertErrorAsync(Request(Chat), 502, "provider_error", "p-eu does not permit");
    }

    [Test]
    public async Task A_target_that_can_not_be_reached_is_passed_over()
    {
        await EnforceAsync(TestPublisher.Provider("p-eu", "eu", "http://127.0.0.1:9/v1"), Fast("p-us", "us"));

        var answer = await AnswerAsync(Chat);

        Assert.That((answer.Status, answer.Region), Is.EqualTo((HttpStatusCode.OK, "us")));
        var record = await RecordAsync();
        Assert.That(
            record.Tries.Select(attempt => (attempt.Provider, attempt.ProcessingRegion, attempt.Code)), Is.EqualTo(new[] { ("p-eu", "eu", "provider_error"), ("p-eu", "eu", "provider_error"), ("p-us", "us", "") }));
        Assert.That(record.Tries.Select(attempt => attempt.Sent), Is.EqualTo(new[] { false, false, true }));
        Assert.That((record.Attempts, record.Outcome, record.Provider, record.ProcessingRegion), Is.EqualTo((3u, Outcome.Ok, "p-us", "us")));
    }

    [Test]
    public async Task A_target_whose_credential_the_node_lacks_is_passed_over()
    {
        await EnforceAsync(TestPublisher.Provider("p-other", "eu", simulator.OpenAiBaseUrl("eu").ToString()), Fast("p-us", "us"));

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));
    }

    [Test]
    public async Task No_provider_sees_what_another_was_sent_nor_anything_twice()
    {
        Secrets["p-us"] = "secret-of-us";
        await RestartNodeAsync();
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null) });

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));

        Assert.That(
            simulator.Requests.Since(0).Select(request => (request.Region, request.Headers["authorization"], request.Headers["content-type"])),
            Is.EqualTo(new[]
            {
                ("eu", "Bearer provider-secret", "application/json"), ("eu", "Bearer provider-secret", "application/json"), ("us", "Bearer secret-of-us", "application/json"),
            }));
    }

    [Test]
    public async Task A_fallback_never_leaves_the_regions_that_the_tenant_may_use()
    {
        await EnforceAsync([Fast("p-eu", "eu"), Fast("p-us", "us")], regions: ["eu"]);
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null) });

        for (var i = 0; i < Requests; i++)
        {
            var answer = await AnswerAsync(Chat);
            Assert.That((int)answer.Status, Is.AnyOf(502, 503));
        }

        Assert.That(simulator.Requests.Since(0).Select(request => request.Region), Is.All.EqualTo("eu"));
    }

    [Test]
    public async Task What_the_request_itself_is_at_fault_for_is_not_tried_elsewhere()
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 400 });

        await AssertErrorAsync(Request(Chat), 400, "provider_rejected");
        Assert.That(simulator.Requests.Since(0), Has.Count.EqualTo(1));
        Assert.That(node.Get<HealthBoard>().All.Select(health => health.Failures), Is.All.Zero, "and says nothing of the deployment");
    }

    [Test]
    public async Task Where_all_targets_fail_the_error_lists_them()
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null) }, new Fault { Kind = FaultKind.Stall, Match = new("us", null, null) });

        await AssertErrorAsync(Request(Chat), 504, "provider_timeout", "None of the 2 permitted targets answered.", "p-eu failed (500).", "p-us did not answer in time.");
    }

    [Test]
    public async Task Once_the_client_has_a_byte_nobody_else_is_asked()
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 2, Match = new("eu", null, null) });

        using var response = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead);
        var text = await ReadUntilBrokenAsync(response);

        Assert.That(JsonNode.Parse(text.Split("data: ")[^1])!["error"]!["code"]!.GetValue<string>(), Is.EqualTo("provider_timeout"));
        Assert.That(simulator.Requests.Since(0).Select(request => request.Region), Is.EqualTo(new[] { "eu" }));
        Assert.That((await RecordAsync()).Usage.Output, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_record_names_the_target_whose_answer_broke_beside_those_that_gave_none()
    {
        await EnforceAsync([Fast("p-eu", "eu"), Fast("p-us", "us")], retry: new() { Attempts = 1 });
        simulator.SetFaults(
            new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null) }, new Fault { Kind = FaultKind.Cut, AfterChunks = 2, Match = new("us", null, null) });

        using (var response = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead))
        {
            await ReadUntilBrokenAsync(response);
        }

        Assert.That((await RecordAsync()).Tries.Select(attempt => (attempt.ProcessingRegion, attempt.Code)), Is.EqualTo(new[] { ("eu", "provider_error"), ("us", "provider_error") }));
    }

    [Test]
    public async Task A_failure_is_tried_again_where_the_route_says_so()
    {
        await EnforceAsync(Fast("p-eu", "eu"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Count = 1 });

        using var response = await PostAsync(Chat);

        Assert.That((response.StatusCode, Header(response, "x-asc-attempts")), Is.EqualTo((HttpStatusCode.OK, "2")));
    }

    [TestCase("x-nothing", "x", 0)]
    [TestCase("retry-after", "1", 1)]
    [TestCase("retry-after", "0.5", 0.5)]
    [TestCase("retry-after-ms", "400", 0.4)]
    public async Task A_retry_waits_as_long_as_the_provider_asks(string header, string value, double seconds)
    {
        await EnforceAsync(Fast("p-eu", "eu"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 429, Count = 1, Headers = new Dictionary<string, string> { [header] = value } });
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(clock.Elapsed.TotalSeconds, Is.InRange(seconds - TimerResolution, seconds + 2));
    }

    [Test]
    public async Task A_target_that_wants_to_be_left_alone_is_asked_last()
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 429, Count = 1, Headers = new Dictionary<string, string> { ["retry-after"] = "30" } });

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));
        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));
        Assert.That(simulator.Requests.Since(0).Select(request => request.Region), Is.EqualTo(new[] { "eu", "us", "us" }));
    }

    [Test]
    public async Task It_is_left_alone_as_long_as_it_asked_for()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await RestartNodeAsync(services => services.AddSingleton<TimeProvider>(clock));
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 429, Count = 1, Headers = new Dictionary<string, string> { ["retry-after"] = "30" } });

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("eu"));
    }

    [Test]
    public async Task Retries_of_what_failed_at_once_do_not_come_at_once()
    {
        const int Failures = 4;
        var clock = new WaitingTimeProvider();
        await RestartNodeAsync(services => services.AddSingleton<TimeProvider>(clock));
        await EnforceAsync(Fast("p-eu", "eu"));
        for (var i = 0; i < Failures; i++)
        {
            simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Count = 1 });
            Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
        }

        // The node waits for more than these, but for nothing else so often.
        Assert.That(clock.Waits.CountBy(wait => wait).Select(wait => wait.Value), Is.All.LessThan(Failures), "each waits for a time of its own");
        Assert.That(clock.Waits, Has.Count.GreaterThanOrEqualTo(Failures));
    }

    [Test]
    public async Task A_deployment_that_fails_again_and_again_is_not_called_until_a_probe_succeeds()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await RestartNodeAsync(services => services.AddSingleton<TimeProvider>(clock));
        await EnforceAsync([Fast("p-eu", "eu"), Fast("p-ch", "ch")], retry: new() { Attempts = 1 });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500 });
        for (var i = 0; i < 10; i++)
        {
            await AssertErrorAsync(Request(Chat), 502, "provider_error");
        }

        using (var refused = await PostAsync(Chat))
        {
            // The one in ch is well, and the tenant may not use it.
            Assert.That(((int)refused.StatusCode, Header(refused, "retry-after")), Is.EqualTo((503, "5")));
        }

        Assert.That(simulator.Requests.Since(0), Has.Count.EqualTo(10));
        clock.Advance(TimeSpan.FromSeconds(6));
        await AssertErrorAsync(Request(Chat), 502, "provider_error");
        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target");
        Assert.That(simulator.Requests.Since(0), Has.Count.EqualTo(11), "one probe");
        simulator.SetFaults();
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_hedge_asks_the_next_target_where_the_first_is_slow_and_one_answer_is_given(bool stream)
    {
        await EnforceAsync([Fast("p-eu", "eu"), Fast("p-us", "us")], hedge: new() { After = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(50)) });
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, Match = new("eu", null, null) });

        var answer = await AnswerAsync(stream ? Streamed : Chat);

        Assert.That((answer.Status, answer.Region), Is.EqualTo((HttpStatusCode.OK, "us")));
        var record = await RecordAsync();
        Assert.That(record.Tries.Select(attempt => (attempt.ProcessingRegion, attempt.Code, attempt.Sent)), Is.EquivalentTo(new[] { ("eu", "superseded", true), ("us", "", true) }));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        Assert.That((await simulator.Requests.WaitForAsync(request => request.Ended && request.Region == "eu", patience.Token)).ClientAborted, Is.True);
    }

    [Test]
    public async Task Hedged_targets_that_all_fail_are_each_called_once()
    {
        await EnforceAsync([Fast("p-eu", "eu"), Fast("p-us", "us")], retry: new() { Attempts = 1 }, hedge: new() { After = Soon });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500 });

        await AssertErrorAsync(Request(Chat), 502, "provider_error", "None of the 2 permitted targets answered.");
        Assert.That(simulator.Requests.Since(0).Select(request => request.Region), Is.EqualTo(new[] { "eu", "us" }));
    }

    /// <summary>Knows what was waited for.</summary>
    private sealed class WaitingTimeProvider : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period == Timeout.InfiniteTimeSpan && dueTime > TimeSpan.Zero)
            {
                Waits.Enqueue(dueTime);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
