using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests;

public sealed class StreamTests : SimulatorTest
{
    [Test]
    public async Task A_stream_begins_with_the_role_and_ends_with_finish_reason_and_done()
    {
        var events = await EventsAsync(Chat());
        var chunks = Chunks.Of(events);

        Assert.Multiple(() =>
        {
            Assert.That(events[^1], Is.EqualTo("[DONE]"));
            Assert.That(chunks.Select(chunk => chunk.GetProperty("object").GetString()), Is.All.EqualTo("chat.completion.chunk"));
            Assert.That(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct().Count(), Is.EqualTo(1));
            Assert.That(Delta(chunks[0]).GetProperty("role").GetString(), Is.EqualTo("assistant"));
            Assert.That(chunks.Count(chunk => Delta(chunk).TryGetProperty("role", out _)), Is.EqualTo(1));
            Assert.That(Delta(chunks[^1]).EnumerateObject(), Is.Empty);
            Assert.That(Choice(chunks[^1]).GetProperty("finish_reason").GetString(), Is.EqualTo("stop"));
            Assert.That(chunks[..^1].Select(chunk => Choice(chunk).GetProperty("finish_reason").ValueKind), Is.All.EqualTo(JsonValueKind.Null));
        });
    }

    [Test]
    public async Task The_streamed_text_is_the_text_of_the_whole_answer()
    {
        var whole = await AnswerAsync(Chat("Grüße 😀 𝒜"));
        var streamed = Chunks.Text(Chunks.Of(await EventsAsync(Chat("Grüße 😀 𝒜"))));

        Assert.That(streamed, Is.EqualTo(whole.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()));
    }

    [Test]
    public async Task Usage_comes_last_without_choices_and_only_if_asked_for()
    {
        var request = Chat();
        request["stream_options"] = new JsonObject { ["include_usage"] = true };

        var asked = await EventsAsync(request);
        var chunks = Chunks.Of(asked);
        var unasked = Chunks.Of(await EventsAsync(Chat()));

        Assert.Multiple(() =>
        {
            Assert.That(chunks[^1].GetProperty("choices").GetArrayLength(), Is.Zero);
            Assert.That(chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32(), Is.EqualTo(Chunks.ContentEvents(asked)));
            Assert.That(chunks[..^1].Select(chunk => chunk.GetProperty("usage").ValueKind), Is.All.EqualTo(JsonValueKind.Null));
            Assert.That(unasked.Any(chunk => chunk.TryGetProperty("usage", out _)), Is.False);
        });
    }

    [Test]
    public async Task Chunks_are_padded_unless_the_request_declines()
    {
        var request = Chat();
        request["stream_options"] = new JsonObject { ["include_obfuscation"] = false };

        var padded = Chunks.Of(await EventsAsync(Chat()));
        var plain = Chunks.Of(await EventsAsync(request));

        Assert.Multiple(() =>
        {
            Assert.That(padded.All(chunk => chunk.TryGetProperty("obfuscation", out _)), Is.True);
            Assert.That(plain.Any(chunk => chunk.TryGetProperty("obfuscation", out _)), Is.False);
        });
    }

    [Test]
    public async Task Several_choices_are_told_apart_by_index()
    {
        var request = Chat();
        request["n"] = 2;

        var chunks = Chunks.Of(await EventsAsync(request));

        Assert.Multiple(() =>
        {
            Assert.That(Chunks.Text(chunks, 0), Does.StartWith("You said: Hello there."));
            Assert.That(Chunks.Text(chunks, 1), Does.StartWith("You said: Hello there (choice 1)."));
        });
    }

    private static JsonElement Choice(JsonElement chunk) => chunk.GetProperty("choices")[0];

    private static JsonElement Delta(JsonElement chunk) => Choice(chunk).GetProperty("delta");
}
