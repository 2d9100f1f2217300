using System.Text.Json;

namespace Asc.Simulator.Tests.Mistral;

public sealed class StreamTests : MistralTest
{
    [Test]
    public async Task Usage_comes_with_the_finish_reason_and_never_as_null()
    {
        var events = await StreamedAsync(Ask());
        var chunks = Chunks.Of(events);

        Assert.Multiple(() =>
        {
            Assert.That(events[^1], Is.EqualTo("[DONE]"));
            Assert.That(Choice(chunks[0]).GetProperty("delta").GetProperty("role").GetString(), Is.EqualTo("assistant"));
            Assert.That(Finish(chunks[^1]), Is.EqualTo("stop"));
            Assert.That(chunks[^1].GetProperty("choices").GetArrayLength(), Is.EqualTo(1));
            Assert.That(Count(chunks[^1].GetProperty("usage"), "completion_tokens"), Is.EqualTo(chunks.Count - 2));
            Assert.That(chunks[..^1].Any(chunk => chunk.TryGetProperty("usage", out _)), Is.False);
            Assert.That(Chunks.Text(chunks), Does.StartWith("You said: Hello there."));
        });
    }

    [Test]
    public async Task A_model_that_thinks_streams_chunks_of_both_kinds()
    {
        var contents = Chunks.Deltas(Chunks.Of(await StreamedAsync(Ask(model: Thinker)))).Select(delta => delta.GetProperty("content")).ToList();
        var arrays = contents.Where(content => content.ValueKind == JsonValueKind.Array).Select(content => content[0]).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(
                string.Concat(arrays.Where(chunk => chunk.GetProperty("type").GetString() == "thinking").Select(chunk => chunk.GetProperty("thinking")[0].GetProperty("text").GetString())),
                Does.StartWith("The user says: Hello there."));
            Assert.That(arrays[^1].GetProperty("text").GetString(), Is.EqualTo("You"));
            Assert.That(contents[^2].ValueKind, Is.EqualTo(JsonValueKind.String));
        });
    }

    [Test]
    public async Task A_middle_is_filled_in_by_the_same_events()
    {
        var request = new System.Text.Json.Nodes.JsonObject { ["model"] = "codestral-latest", ["prompt"] = "def f(", ["suffix"] = "return x" };
        var whole = await SaidAsync(request, "fim/completions");
        var chunks = Chunks.Of(await StreamedAsync(request, "fim/completions"));

        Assert.Multiple(() =>
        {
            Assert.That(Said(whole).GetProperty("content").GetString(), Does.StartWith("You said: def f(."));
            Assert.That(Chunks.Text(chunks), Is.EqualTo(Said(whole).GetProperty("content").GetString()));
            Assert.That(chunks[^1].GetProperty("usage").GetRawText(), Is.EqualTo(whole.GetProperty("usage").GetRawText()));
        });
    }

    [Test]
    public Task A_middle_has_fields_of_its_own() => AssertMalformedAsync(
        System.Text.Json.Nodes.JsonNode.Parse("""{"model":"codestral-latest","messages":[]}""")!,
        "body.prompt:missing body.messages:extra_forbidden", "fim/completions");
}
