using System.Text.Json;

namespace Asc.Simulator.Tests.Anthropic;

public sealed class StreamTests : AnthropicTest
{
    private const string Tools = """
        [{"name":"weather","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},{"name":"clock","input_schema":{"type":"object"}}]
        """;

    [TestCase(Older, "Hello there", null)]
    [TestCase(Older, "Both in parallel", Tools)]
    [TestCase(Recent, "Hello there", null)]
    [TestCase(Recent, "Both in parallel", Tools)]
    [TestCase(Older, "ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL", null)]
    public async Task A_stream_keeps_to_the_grammar(string model, string text, string? tools)
    {
        var request = Ask(text, model);
        request["tools"] = tools is null ? null : System.Text.Json.Nodes.JsonNode.Parse(tools);
        var events = await StreamedAsync(request);
        var names = string.Join(' ', events.Select(one => one.Name));

        Assert.Multiple(() =>
        {
            Assert.That(names, Does.Match("^message_start ping (content_block_start (content_block_delta )*content_block_stop )*message_delta message_stop$"));
            Assert.That(events.Select(one => one.Json.GetProperty("type").GetString()), Is.EqualTo(events.Select(one => one.Name)));
            AssertIndices(events);
        });
    }

    [Test]
    public async Task The_first_event_has_an_empty_message_and_counts_the_prompt()
    {
        var events = await StreamedAsync(Ask());
        var message = events[0].Json.GetProperty("message");

        Assert.Multiple(() =>
        {
            Assert.That(message.GetProperty("id").GetString(), Does.StartWith("msg_"));
            Assert.That(message.GetProperty("role").GetString(), Is.EqualTo("assistant"));
            Assert.That(message.GetProperty("model").GetString(), Is.EqualTo(Older));
            Assert.That(message.GetProperty("content").GetArrayLength(), Is.Zero);
            Assert.That(message.GetProperty("stop_reason").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Count(message.GetProperty("usage"), "input_tokens"), Is.GreaterThan(0));
            Assert.That(Count(message.GetProperty("usage"), "output_tokens"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task The_streamed_text_and_usage_are_those_of_the_whole_answer()
    {
        var whole = await SaidAsync(Ask("Grüße 😀 𝒜"));
        var events = await StreamedAsync(Ask("Grüße 😀 𝒜"));
        var end = events[^2].Json;

        Assert.Multiple(() =>
        {
            Assert.That(NamedEvent.Joined(events, "text"), Is.EqualTo(Text(whole)));
            Assert.That(end.GetProperty("delta").GetProperty("stop_reason").GetString(), Is.EqualTo("end_turn"));
            Assert.That(end.GetProperty("delta").GetProperty("stop_sequence").ValueKind, Is.EqualTo(JsonValueKind.Null));
            foreach (var name in new[] { "input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens" })
            {
                Assert.That(Count(end.GetProperty("usage"), name), Is.EqualTo(Count(whole.GetProperty("usage"), name)), name);
            }

            Assert.That(events.Count(one => one.IsDelta), Is.EqualTo(Count(whole.GetProperty("usage"), "output_tokens")));
        });
    }

    [Test]
    public async Task A_refusal_tells_its_details_at_the_end()
    {
        var events = await StreamedAsync(Ask("ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL"));
        var delta = events[^2].Json.GetProperty("delta");

        Assert.That(
            (delta.GetProperty("stop_reason").GetString(), delta.GetProperty("stop_details").GetProperty("type").GetString()), Is.EqualTo(("refusal", "refusal")));
    }

    // Blocks are counted from 0 without gaps, and everything between a start and its stop is about that block.
    private static void AssertIndices(List<NamedEvent> events)
    {
        var current = -1;
        foreach (var one in events.Where(one => one.Name.StartsWith("content_block", StringComparison.Ordinal)))
        {
            current += one.Name == "content_block_start" ? 1 : 0;
            Assert.That(one.Json.GetProperty("index").GetInt32(), Is.EqualTo(current));
        }
    }
}
