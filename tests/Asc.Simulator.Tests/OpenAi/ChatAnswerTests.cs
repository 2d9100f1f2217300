using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Asc.Simulator.Tests.OpenAi;

/// <summary>What chats are answered on request: refusals, filters, reasoning, the cache, calls at once.</summary>
public sealed class ChatAnswerTests : SimulatorTest
{
    private const string Refusal = "ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL";
    private const string ContentFilter = "SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER";
    private const string Interleaved = "SIMULATOR_MAGIC_STRING_TRIGGER_INTERLEAVED_TOOLS";

    private const string Tools = """
        [{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},
         {"type":"function","function":{"name":"clock","parameters":{"type":"object","properties":{"zone":{"type":"string"}}}}}]
        """;

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    protected override TimeProvider Clock => _clock;

    [Test]
    public async Task A_refusal_is_told_instead_of_content()
    {
        var message = Message(await AnswerAsync(Chat(Refusal)));
        var chunks = Chunks.Of(await EventsAsync(Chat(Refusal)));
        var streamed = Chunks.Deltas(chunks).Skip(1).Where(delta => delta.TryGetProperty("refusal", out _)).Select(delta => delta.GetProperty("refusal").GetString());

        Assert.Multiple(() =>
        {
            Assert.That(message.GetProperty("content").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(message.GetProperty("refusal").GetString(), Does.StartWith("I'm sorry"));
            Assert.That(string.Concat(streamed), Is.EqualTo(message.GetProperty("refusal").GetString()));
            Assert.That(Finish(chunks[^1]), Is.EqualTo("stop"));
        });
    }

    [Test]
    public async Task A_refusal_comes_before_any_tool()
    {
        var request = WithTools(Refusal);

        Assert.That(Finish(await AnswerAsync(request)), Is.EqualTo("stop"));
    }

    [Test]
    public async Task A_filter_ends_an_answer_that_has_begun()
    {
        var answer = await AnswerAsync(Chat(ContentFilter));
        var chunks = Chunks.Of(await EventsAsync(Chat(ContentFilter)));

        Assert.Multiple(() =>
        {
            Assert.That(Finish(answer), Is.EqualTo("content_filter"));
            Assert.That(Message(answer).GetProperty("content").GetString(), Does.StartWith("You said: "));
            Assert.That(Usage(answer, "completion_tokens"), Is.EqualTo(8));
            Assert.That(Finish(chunks[^1]), Is.EqualTo("content_filter"));
            Assert.That(Chunks.Text(chunks), Is.EqualTo(Message(answer).GetProperty("content").GetString()));
        });
    }

    [TestCase("gpt-5-mini", "low", 16)]
    [TestCase("gpt-5-mini", "high", 64)]
    [TestCase("gpt-5.4", "none", 0)]
    [TestCase("gpt-5-mini", null, 0)]
    [TestCase("gpt-4o-mini", "high", 0)]
    public async Task Reasoning_that_is_asked_for_is_billed(string model, string? effort, int tokens)
    {
        var request = Chat();
        request["model"] = model;
        var plain = await AnswerAsync(request);
        request["reasoning_effort"] = effort;
        var answer = await AnswerAsync(request);
        request["stream_options"] = new JsonObject { ["include_usage"] = true };
        var streamed = Chunks.Of(await EventsAsync(request))[^1];
        var recorded = await EndedAsync(3);

        Assert.Multiple(() =>
        {
            Assert.That(Reasoning(answer), Is.EqualTo(tokens));
            Assert.That(Usage(answer, "completion_tokens"), Is.EqualTo(Usage(plain, "completion_tokens") + tokens));
            Assert.That(streamed.GetProperty("usage").GetRawText(), Is.EqualTo(answer.GetProperty("usage").GetRawText()));
            Assert.That(recorded.Usage!.OutputTokens, Is.EqualTo(Usage(answer, "completion_tokens")));
        });
    }

    [Test]
    public async Task Reasoning_may_leave_nothing_of_a_token_limit()
    {
        var request = Chat();
        request["reasoning_effort"] = "high";
        request["max_completion_tokens"] = 20;
        var answer = await AnswerAsync(request);

        Assert.That(
            (Message(answer).GetProperty("content").GetString(), Finish(answer), Reasoning(answer), Usage(answer, "completion_tokens")), Is.EqualTo(("", "length", 20, 20)));
    }

    [Test]
    public async Task The_beginning_of_a_long_prompt_is_cached_for_a_while()
    {
        var request = Chat(new string('a', 5_000));
        request["model"] = "gpt-6-sol";
        var first = await AnswerAsync(request);
        request["messages"]!.AsArray().Add(new JsonObject { ["role"] = "user", ["content"] = new string('b', 1_000) });
        var second = await AnswerAsync(request);
        _clock.Advance(TimeSpan.FromHours(1));
        var late = await AnswerAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(Cache(first), Is.EqualTo((0, 1_152)));
            Assert.That(Cache(second), Is.EqualTo((1_152, 256)));
            Assert.That(Cache(late), Is.EqualTo((0, 1_408)));
        });
    }

    [Test]
    public async Task Of_older_models_only_what_is_read_is_told()
    {
        var request = Chat(new string('a', 5_000));
        var first = await AnswerAsync(request);
        using var elsewhere = await PostAsync(request, "us");
        var second = await AnswerAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(Cache(first), Is.EqualTo((0, 0)));
            Assert.That(Cache(second), Is.EqualTo((1_152, 0)));
        });
        Assert.That(Cache(await ReadAsync(elsewhere)), Is.EqualTo((0, 0)));
    }

    [TestCase("in parallel", false)]
    [TestCase(Interleaved, true)]
    public async Task Calls_at_once_may_come_by_turns(string words, bool byTurns)
    {
        var deltas = Chunks.Deltas(Chunks.Of(await EventsAsync(WithTools(words)))).Where(delta => delta.TryGetProperty("tool_calls", out _))
            .Select(delta => delta.GetProperty("tool_calls")[0]).ToList();
        var order = deltas.Select(delta => delta.GetProperty("index").GetInt32()).ToList();
        var arguments = order.Distinct().Select(index => string.Concat(deltas.Where(delta => delta.GetProperty("index").GetInt32() == index)
            .Select(delta => delta.GetProperty("function").GetProperty("arguments").GetString())));

        Assert.Multiple(() =>
        {
            Assert.That(order[..4], Is.EqualTo(byTurns ? new[] { 0, 1, 0, 1 } : [0, 0, 0, 0]));
            Assert.That(arguments.Select(text => JsonDocument.Parse(text).RootElement.ValueKind), Is.EqualTo(new[] { JsonValueKind.Object, JsonValueKind.Object }));
        });
    }

    private static JsonObject WithTools(string userText)
    {
        var request = Chat(userText);
        request["tools"] = JsonNode.Parse(Tools);
        return request;
    }

    private static JsonElement Message(JsonElement answer) => answer.GetProperty("choices")[0].GetProperty("message");

    private static string? Finish(JsonElement answer) => answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString();

    private static int Usage(JsonElement answer, string name) => answer.GetProperty("usage").GetProperty(name).GetInt32();

    private static int Reasoning(JsonElement answer) =>
        answer.GetProperty("usage").GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32();

    private static (int Read, int Written) Cache(JsonElement answer)
    {
        var details = answer.GetProperty("usage").GetProperty("prompt_tokens_details");
        return (details.GetProperty("cached_tokens").GetInt32(), details.GetProperty("cache_write_tokens").GetInt32());
    }
}
