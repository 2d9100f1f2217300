using System.Net;
using System.Text.Json;
using Asc.Simulator.Faults;

namespace Asc.Simulator.Tests.Anthropic;

public sealed class FaultTests : AnthropicTest
{
    private static readonly FaultMatch Here = new(Protocol: "anthropic");

    [TestCase(400, "invalid_request_error")]
    [TestCase(401, "authentication_error")]
    [TestCase(402, "billing_error")]
    [TestCase(403, "permission_error")]
    [TestCase(404, "not_found_error")]
    [TestCase(413, "request_too_large")]
    [TestCase(429, "rate_limit_error")]
    [TestCase(500, "api_error")]
    [TestCase(504, "timeout_error")]
    [TestCase(529, "overloaded_error")]
    public async Task A_status_fault_answers_in_the_shape_of_the_protocol_with_its_headers(int status, string type)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = status, Match = Here, Headers = new Dictionary<string, string> { ["retry-after"] = "7" } });

        using var response = await SendAsync(Ask());
        var body = await ReadAsync(response);

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Headers.GetValues("retry-after").Single(), Is.EqualTo("7"));
            Assert.That(body.GetProperty("error").GetProperty("type").GetString(), Is.EqualTo(type));
            Assert.That(body.GetProperty("request_id").GetString(), Is.EqualTo(response.Headers.GetValues("request-id").Single()));
        });
    }

    [Test]
    public async Task Only_requests_of_the_protocol_meet_its_faults()
    {
        Simulator.SetFaults(
            new Fault { Kind = FaultKind.Status, Status = 500, Match = new FaultMatch(Protocol: "openai") },
            new Fault { Kind = FaultKind.Status, Status = 529, Match = new FaultMatch("eu", "anthropic", "claude-haiku-*"), Count = 1 });

        using var openAi = await PostAsync(Chat());
        using var first = await SendAsync(Ask());
        using var second = await SendAsync(Ask());

        Assert.That(new[] { (int)openAi.StatusCode, (int)first.StatusCode, (int)second.StatusCode }, Is.EqualTo(new[] { 500, 529, 200 }));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public async Task A_cut_stream_ends_after_exactly_so_many_content_chunks(int afterChunks)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = afterChunks });

        for (var i = 1; i <= 20; i++)
        {
            var events = await StreamedAsync(Ask());
            Assert.That(events[^1].Name, Is.EqualTo(NamedEvent.Broken));
            Assert.That(events.Count(one => one.IsDelta), Is.EqualTo(afterChunks));
            var recorded = await EndedAsync(i);
            Assert.That((recorded.Completed, recorded.ClientAborted, recorded.Usage!.OutputTokens), Is.EqualTo((false, false, afterChunks)));
        }
    }

    [Test]
    public async Task A_short_answer_breaks_at_the_end_of_its_text()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Malformed, AfterChunks = 100 });
        var request = Ask();
        request["max_tokens"] = 2;

        var names = (await StreamedAsync(request)).Select(one => one.Name).ToList();

        Assert.That(names[^3..], Is.EqualTo(new[] { "content_block_delta", "content_block_stop", "content_block_delta" }));
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task An_error_fault_is_told_in_the_stream_that_has_begun(int afterChunks)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Error, Status = 529, AfterChunks = afterChunks, Match = Here });

        var events = await StreamedAsync(Ask());
        var error = events[^1];
        var recorded = await EndedAsync();

        Assert.Multiple(() =>
        {
            Assert.That(error.Name, Is.EqualTo("error"));
            Assert.That(error.Json.GetProperty("type").GetString(), Is.EqualTo("error"));
            Assert.That(error.Json.GetProperty("error").GetProperty("type").GetString(), Is.EqualTo("overloaded_error"));
            Assert.That(events.Count(one => one.IsDelta), Is.EqualTo(afterChunks));
            Assert.That(events.Count(one => one.Name == "message_start"), Is.EqualTo(afterChunks > 0 ? 1 : 0));
            Assert.That((recorded.Completed, recorded.Status, recorded.Usage!.OutputTokens), Is.EqualTo((true, 200, afterChunks)));
        });
    }

    [Test]
    public async Task An_error_fault_is_the_status_of_an_answer_that_is_no_stream()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Error, Status = 529, AfterChunks = 2 });

        await AssertRefusedAsync(Ask(), "Overloaded", status: 529, type: "overloaded_error");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_stalled_answer_is_held_until_the_client_leaves(bool stream)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 2 });
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Timeout);
        var request = Ask();
        request["stream"] = stream;
        using var message = new HttpRequestMessage(HttpMethod.Post, "eu/anthropic/v1/messages");
        message.Headers.Add("anthropic-version", FirstVersion);
        message.Content = new StringContent(request.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

        var call = Http.SendAsync(message, client.Token);
        await Simulator.Requests.WaitForAsync(recorded => recorded.Number == 1, Timeout);
        Assert.That(call.IsCompleted, Is.False);
        await client.CancelAsync();

        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
        var ended = await EndedAsync();
        Assert.That((ended.Completed, ended.ClientAborted), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_malformed_answer_is_not_json()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Malformed, AfterChunks = 2 });

        var events = await StreamedAsync(Ask());
        using var whole = await SendAsync(Ask());

        Assert.That(() => events[^1].Json, Throws.InstanceOf<JsonException>());
        await Assert.ThatAsync(() => ReadAsync(whole), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public async Task A_cut_json_answer_stops_in_the_middle()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Cut });
        using var response = await SendAsync(Ask());

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await Assert.ThatAsync(() => response.Content.ReadAsByteArrayAsync(Timeout), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Without_usage_neither_answers_nor_streams_report_any()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.NoUsage });

        var events = await StreamedAsync(Ask());
        var whole = await SaidAsync(Ask());

        Assert.Multiple(() =>
        {
            Assert.That(events[^1].Name, Is.EqualTo("message_stop"));
            Assert.That(events.Any(one => one.Data.Contains("\"usage\"", StringComparison.Ordinal)), Is.False);
            Assert.That(whole.TryGetProperty("usage", out _), Is.False);
        });
    }

    [Test]
    public async Task Thinking_that_is_kept_back_is_billed_of_a_broken_answer_too()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = 2 });

        var events = await StreamedAsync(Ask(model: Recent));
        var usage = (await EndedAsync()).Usage!;

        Assert.Multiple(() =>
        {
            Assert.That(NamedEvent.Joined(events, "text"), Is.EqualTo("You said"));
            Assert.That(usage.OutputTokens, Is.GreaterThan(5));
        });
    }

    [Test]
    public async Task What_is_billed_is_recorded_in_the_words_of_the_protocol()
    {
        await SaidAsync(Ask());
        await EndedAsync();
        var items = JsonDocument.Parse(await Http.GetStringAsync("_sim/requests", Timeout)).RootElement.GetProperty("items");

        Assert.Multiple(() =>
        {
            Assert.That(items[0].GetProperty("protocol").GetString(), Is.EqualTo("anthropic"));
            Assert.That(Count(items[0].GetProperty("usage"), "input_tokens"), Is.GreaterThan(0));
            Assert.That(items[0].GetProperty("usage").GetProperty("service_tier").GetString(), Is.EqualTo("standard"));
        });
    }
}
