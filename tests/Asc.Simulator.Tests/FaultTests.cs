using System.Net;
using System.Text.Json;
using Asc.Simulator.Faults;

namespace Asc.Simulator.Tests;

public sealed class FaultTests : SimulatorTest
{
    [TestCase(401, "invalid_api_key")]
    [TestCase(429, "rate_limit_exceeded")]
    [TestCase(503, "server_is_overloaded")]
    [TestCase(500, null)]
    public async Task A_status_fault_answers_in_the_shape_of_the_protocol_with_its_headers(int status, string? code)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = status, Headers = new Dictionary<string, string> { ["retry-after"] = "7" } });

        using var response = await PostAsync(Chat());
        var error = (await ReadAsync(response)).GetProperty("error");

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Headers.GetValues("retry-after").Single(), Is.EqualTo("7"));
            Assert.That(error.GetProperty("code").GetString(), Is.EqualTo(code));
        });
    }

    [Test]
    public async Task A_delay_comes_before_a_normal_answer()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(50) });
        var started = TimeProvider.System.GetTimestamp();

        await AnswerAsync(Chat());

        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(49)));
    }

    [TestCase(0)]
    [TestCase(3)]
    public async Task A_cut_stream_ends_after_exactly_so_many_content_chunks(int afterChunks)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = afterChunks });

        // Many times, because a chunk that is still on its way to the socket would be lost only now and then.
        for (var i = 1; i <= 50; i++)
        {
            var events = await EventsAsync(Chat());
            Assert.That(events[^1], Is.EqualTo(EventReader.Broken));
            Assert.That(Chunks.ContentEvents(events), Is.EqualTo(afterChunks));
            var recorded = await EndedAsync(i);
            Assert.That((recorded.Completed, recorded.ClientAborted, recorded.Usage!.OutputTokens), Is.EqualTo((false, false, afterChunks)));
        }
    }

    [Test]
    public async Task A_cut_json_answer_stops_in_the_middle()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Cut });
        using var response = await PostAsync(Chat());

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await Assert.ThatAsync(() => response.Content.ReadAsByteArrayAsync(Timeout), Throws.InstanceOf<HttpRequestException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_stalled_answer_is_held_until_the_client_leaves(bool stream)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 2 });
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Timeout);
        var request = Chat();
        request["stream"] = stream;
        using var content = new StringContent(request.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

        var call = Http.PostAsync("eu/openai/v1/chat/completions", content, client.Token);
        await Simulator.Requests.WaitForAsync(recorded => recorded.Number == 1, Timeout);
        Assert.That(call.IsCompleted, Is.False);
        await client.CancelAsync();

        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
        var ended = await EndedAsync();
        Assert.That((ended.Completed, ended.ClientAborted), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_malformed_stream_contains_a_chunk_that_is_not_json_and_ends_there()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Malformed, AfterChunks = 2 });

        var events = await EventsAsync(Chat());

        Assert.Multiple(() =>
        {
            Assert.That(Chunks.ContentEvents(events), Is.EqualTo(2));
            Assert.That(events[^1], Does.EndWith("\"choices\":[{\"ind"));
        });
    }

    [Test]
    public async Task An_error_fault_is_told_in_a_stream_and_is_the_status_of_anything_else()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Error, Status = 503, AfterChunks = 2 });

        var events = await EventsAsync(Chat());
        using var whole = await PostAsync(Chat());

        Assert.Multiple(() =>
        {
            Assert.That(Chunks.ContentEvents(events), Is.EqualTo(2));
            Assert.That(events[^1], Does.StartWith("{\"error\":{\"message\":").And.Contain("\"code\":\"server_is_overloaded\""));
            Assert.That((int)whole.StatusCode, Is.EqualTo(503));
        });
    }

    [Test]
    public async Task A_malformed_json_answer_is_not_json()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Malformed });
        using var response = await PostAsync(Chat());

        await Assert.ThatAsync(() => ReadAsync(response), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public async Task Without_usage_neither_answers_nor_streams_report_any()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.NoUsage });
        var request = Chat();
        request["stream_options"] = new System.Text.Json.Nodes.JsonObject { ["include_usage"] = true };

        var events = await EventsAsync(request);
        var whole = await AnswerAsync(Chat());

        Assert.Multiple(() =>
        {
            Assert.That(events[^1], Is.EqualTo("[DONE]"));
            Assert.That(string.Concat(events), Does.Not.Contain("usage"));
            Assert.That(whole.TryGetProperty("usage", out _), Is.False);
        });
    }

    [Test]
    public async Task The_first_match_with_count_left_applies()
    {
        Simulator.SetFaults(
            new Fault { Kind = FaultKind.Status, Status = 500, Match = new FaultMatch(Region: "us") },
            new Fault { Kind = FaultKind.Status, Status = 501, Match = new FaultMatch(Protocol: "anthropic") },
            new Fault { Kind = FaultKind.Status, Status = 502, Match = new FaultMatch(Model: "gpt-4*") },
            new Fault { Kind = FaultKind.Status, Status = 503, Match = new FaultMatch("eu", "openai", "gpt-5*"), Count = 2 },
            new Fault { Kind = FaultKind.Status, Status = 504, Count = 1 });

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await PostAsync(Chat());
            statuses.Add((int)response.StatusCode);
        }

        Assert.That(statuses, Is.EqualTo(new[] { 503, 503, 504, 200 }));
    }

    [Test]
    public async Task Refused_requests_use_up_no_fault()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Count = 1 });
        var bad = Chat();
        bad["n"] = 0;
        using var refused = await PostAsync(bad);

        Assert.Multiple(() =>
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(Simulator.Faults, Has.Count.EqualTo(1));
        });
    }
}
