using System.Text.Json;
using Asc.Simulator.Faults;

namespace Asc.Simulator.Tests.Mistral;

public sealed class FaultTests : MistralTest
{
    private static readonly FaultMatch Here = new(Protocol: "mistral");

    [TestCase(429, "rate_limited")]
    [TestCase(500, "internal_server_error")]
    [TestCase(503, "unreachable_backend")]
    [TestCase(401, null)]
    [TestCase(422, null)]
    public async Task A_status_fault_answers_in_the_shape_of_the_protocol_with_its_headers(int status, string? type)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = status, Match = Here, Headers = new Dictionary<string, string> { ["retry-after"] = "7" } });
        using var response = await SendAsync(Ask().ToJsonString());
        var body = await ReadAsync(response);

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Headers.GetValues("retry-after").Single(), Is.EqualTo("7"));
            Assert.That(body.TryGetProperty("type", out var told) ? told.GetString() : null, Is.EqualTo(type));
            Assert.That(body.TryGetProperty("detail", out _), Is.EqualTo(type is null));
        });
    }

    [TestCase(0)]
    [TestCase(3)]
    public async Task A_cut_stream_ends_after_exactly_so_many_content_chunks(int afterChunks)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = afterChunks });

        for (var i = 1; i <= 20; i++)
        {
            var events = await StreamedAsync(Ask(model: Thinker));
            Assert.That(events[^1], Is.EqualTo(EventReader.Broken));
            Assert.That(events.Count(data => data.Contains("\"thinking\"", StringComparison.Ordinal)), Is.EqualTo(afterChunks));
            var recorded = await EndedAsync(i);
            Assert.That((recorded.Completed, recorded.ClientAborted, recorded.Usage!.OutputTokens), Is.EqualTo((false, false, afterChunks)));
        }
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task An_error_fault_is_told_in_the_stream_without_a_wrapper(int afterChunks)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Error, Status = 503, AfterChunks = afterChunks, Match = Here });
        var events = await StreamedAsync(Ask());
        var error = JsonDocument.Parse(events[^1]).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(error.GetProperty("object").GetString(), Is.EqualTo("error"));
            Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("1100"));
            Assert.That(Chunks.ContentEvents(events), Is.EqualTo(afterChunks));
        });
    }

    [Test]
    public async Task An_error_fault_is_the_status_of_an_answer_that_is_no_stream()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Error, Status = 503 });
        using var response = await SendAsync(Ask().ToJsonString());

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
    }

    [Test]
    public async Task A_malformed_answer_is_not_json()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Malformed, AfterChunks = 2 });
        var events = await StreamedAsync(Ask());
        using var whole = await SendAsync(Ask().ToJsonString());

        Assert.That(() => JsonDocument.Parse(events[^1]), Throws.InstanceOf<JsonException>());
        await Assert.ThatAsync(() => ReadAsync(whole), Throws.InstanceOf<JsonException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_stalled_answer_is_held_until_the_client_leaves(bool stream)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 0 });
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Timeout);
        var request = Ask();
        request["stream"] = stream;
        using var content = new StringContent(request.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

        var call = Http.PostAsync("eu/mistral/v1/chat/completions", content, client.Token);
        await Simulator.Requests.WaitForAsync(recorded => recorded.Number == 1, Timeout);
        await client.CancelAsync();

        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await EndedAsync()).ClientAborted, Is.True);
    }

    [Test]
    public async Task Without_usage_neither_answers_nor_streams_report_any()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.NoUsage });
        var events = await StreamedAsync(Ask());

        Assert.Multiple(() =>
        {
            Assert.That(events[^1], Is.EqualTo("[DONE]"));
            Assert.That(string.Concat(events), Does.Not.Contain("usage"));
        });
        Assert.That((await SaidAsync(Ask())).TryGetProperty("usage", out _), Is.False);
    }

    [Test]
    public async Task What_is_billed_is_recorded_in_the_words_of_the_protocol()
    {
        await SaidAsync(Ask(model: Thinker));
        await EndedAsync();
        var item = JsonDocument.Parse(await Http.GetStringAsync("_sim/requests", Timeout)).RootElement.GetProperty("items")[0];

        Assert.Multiple(() =>
        {
            Assert.That(item.GetProperty("protocol").GetString(), Is.EqualTo("mistral"));
            Assert.That(Count(item.GetProperty("usage").GetProperty("completion_tokens_details"), "reasoning_tokens"), Is.GreaterThan(0));
        });
    }
}
