using System.Text;
using System.Text.Json;

namespace Asc.Simulator.Tests;

public sealed class JournalTests : SimulatorTest
{
    protected override SimulatorOptions Options { get; } =
        new() { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero, RecordedRequests = 3 };

    [Test]
    public async Task A_request_is_recorded_as_received_and_with_what_was_billed()
    {
        var body = "  " + Chat("x < ü").ToJsonString() + "\n";
        using (var response = await PostAsync(body))
        {
            await ReadAsync(response);
        }

        var recorded = await EndedAsync();

        Assert.Multiple(() =>
        {
            Assert.That((recorded.Number, recorded.Region, recorded.Protocol, recorded.Method, recorded.Path, recorded.Status, recorded.Completed, recorded.ClientAborted),
                Is.EqualTo((1L, "eu", "openai", "POST", "/eu/openai/v1/chat/completions", 200, true, false)));
            Assert.That(Encoding.UTF8.GetString(recorded.Body.Span), Is.EqualTo(body));
            Assert.That(recorded.Headers["authorization"], Is.EqualTo("Bearer sk-test"));
            Assert.That(recorded.Headers["content-type"], Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(recorded.Usage!.OutputTokens, Is.GreaterThan(10));
        });
    }

    [Test]
    public async Task The_http_view_shows_requests_after_a_number()
    {
        using (await PostAsync(Chat()))
        {
            await EndedAsync();
        }

        using (await PostAsync("nonsense"))
        {
            await EndedAsync(2);
        }

        var items = JsonDocument.Parse(await Http.GetStringAsync("_sim/requests", Timeout)).RootElement.GetProperty("items");
        var later = JsonDocument.Parse(await Http.GetStringAsync("_sim/requests?since=1", Timeout)).RootElement.GetProperty("items");

        Assert.Multiple(() =>
        {
            Assert.That(items.GetArrayLength(), Is.EqualTo(2));
            Assert.That(items[0].GetProperty("usage").GetProperty("total_tokens").GetInt32(), Is.GreaterThan(10));
            Assert.That(items[0].GetProperty("bodyBase64").GetBytesFromBase64(), Is.EqualTo(Encoding.UTF8.GetBytes(Chat().ToJsonString())));
            Assert.That(later[0].GetProperty("n").GetInt64(), Is.EqualTo(2));
            Assert.That(later[0].GetProperty("status").GetInt32(), Is.EqualTo(400));
            Assert.That(later[0].GetProperty("completed").GetBoolean(), Is.True);
            Assert.That(later[0].GetProperty("usage").ValueKind, Is.EqualTo(JsonValueKind.Null));
        });
    }

    [Test]
    public async Task A_client_that_leaves_a_stream_is_seen_to_leave()
    {
        var request = Chat("Write 100000 words");
        request["stream"] = true;
        using (var response = await PostAsync(request))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(Timeout);
            await stream.ReadExactlyAsync(new byte[2_000], Timeout);
        }

        var recorded = await EndedAsync();

        Assert.Multiple(() =>
        {
            Assert.That((recorded.Completed, recorded.ClientAborted, recorded.Status), Is.EqualTo((false, true, 200)));
            Assert.That(recorded.Usage!.OutputTokens, Is.InRange(1, 99_999));
        });
    }

    [Test]
    public async Task Only_the_newest_are_kept_and_numbers_go_on_after_clearing()
    {
        for (var i = 0; i < 5; i++)
        {
            using var response = await PostAsync(Chat());
        }

        Assert.That(Simulator.Requests.Items.Select(request => request.Number), Is.EqualTo(new[] { 3, 4, 5 }));
        using var cleared = await Http.DeleteAsync("_sim/requests", Timeout);
        Assert.That(Simulator.Requests.Items, Is.Empty);
        using var next = await PostAsync(Chat());
        Assert.That(Simulator.Requests.Items.Single().Number, Is.EqualTo(6));
    }
}
