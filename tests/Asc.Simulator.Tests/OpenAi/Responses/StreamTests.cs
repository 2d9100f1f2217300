using System.Text.Json;
using Asc.Simulator.Faults;

namespace Asc.Simulator.Tests.OpenAi.Responses;

public sealed class StreamTests : ResponseTest
{
    private static readonly string[] Begin = ["response.created", "response.in_progress"];

    [Test]
    public async Task Text_goes_up_and_down_the_ladder_of_events()
    {
        var events = await StreamedAsync(Ask());
        var whole = events[^1].Json.GetProperty("response");

        Assert.Multiple(() =>
        {
            Assert.That(Distinct(events), Is.EqualTo(Begin.Concat(
            [
                "response.output_item.added", "response.output_item.done",
                "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.done",
                "response.content_part.done", "response.output_item.done", "response.completed",
            ])));
            Assert.That(events.Select(one => Word(one.Json, "type")), Is.EqualTo(events.Select(one => one.Name)));
            Assert.That(events.Select(one => Count(one.Json, "sequence_number")), Is.EqualTo(Enumerable.Range(0, events.Count)));
            Assert.That(Deltas(events), Is.EqualTo(Text(whole)));
            Assert.That(events.Where(one => one.Name == "response.output_text.delta").Select(one => one.Json.GetProperty("logprobs").GetArrayLength()), Is.All.Zero);
            Assert.That(Word(events[0].Json.GetProperty("response"), "status"), Is.EqualTo("in_progress"));
            Assert.That(events[0].Json.GetProperty("response").GetProperty("usage").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Count(whole.GetProperty("usage"), "output_tokens"), Is.EqualTo(events.Count(one => one.Name == "response.output_text.delta")));
            Assert.That(events[0].Json.GetProperty("response").GetProperty("id").GetString(), Is.EqualTo(Word(whole, "id")));
        });
    }

    [Test]
    public async Task Calls_come_one_after_the_other()
    {
        var events = await StreamedAsync(With(("input", "\"in parallel\""), ("tools", Tools)));
        var done = events.Where(one => one.Name == "response.function_call_arguments.done").Select(one => one.Json).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(Distinct(events), Is.EqualTo(Begin.Concat(
            [
                "response.output_item.added", "response.output_item.done",
                "response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.output_item.done",
                "response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.output_item.done",
                "response.completed",
            ])));
            Assert.That(done.Select(one => Word(one, "name")), Is.EqualTo(new[] { "weather", "clock" }));
            Assert.That(done.Select(one => Count(one, "output_index")), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(Deltas(events, 1), Is.EqualTo("""{"city":"parallel","days":1}"""));
        });
    }

    [Test]
    public async Task Reasoning_comes_first_and_is_summed_up_where_asked_for()
    {
        var events = await StreamedAsync(With(("reasoning", """{"effort":"low","summary":"auto"}"""), ("include", """["reasoning.encrypted_content"]""")));
        var reasoning = events.Last(one => one.Name == "response.output_item.done" && Count(one.Json, "output_index") == 0).Json.GetProperty("item");

        Assert.Multiple(() =>
        {
            Assert.That(Distinct(events)[2..8], Is.EqualTo(new[]
            {
                "response.output_item.added", "response.reasoning_summary_part.added", "response.reasoning_summary_text.delta",
                "response.reasoning_summary_text.done", "response.reasoning_summary_part.done", "response.output_item.done",
            }));
            Assert.That(Word(reasoning.GetProperty("summary")[0], "text"), Is.EqualTo(Deltas(events, 0)));
            Assert.That(Word(reasoning, "encrypted_content"), Does.StartWith("gAAAAA"));
        });
    }

    [TestCase("ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL", "response.refusal.done", "response.completed")]
    [TestCase("SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER", "response.output_text.done", "response.incomplete")]
    public async Task Magic_words_end_it(string words, string done, string end)
    {
        var names = Distinct(await StreamedAsync(Ask(words)));

        Assert.Multiple(() =>
        {
            Assert.That(names, Does.Contain(done));
            Assert.That(names[^1], Is.EqualTo(end));
        });
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task An_error_is_told_in_an_object_of_its_own_and_fails_the_response(int afterChunks)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Error, Status = 429, AfterChunks = afterChunks });
        var events = await StreamedAsync(Ask());
        var recorded = await EndedAsync();

        Assert.Multiple(() =>
        {
            Assert.That(events[^2].Name, Is.EqualTo("error"));
            Assert.That(Word(events[^2].Json.GetProperty("error"), "code"), Is.EqualTo("rate_limit_exceeded"));
            Assert.That(events[^1].Name, Is.EqualTo("response.failed"));
            Assert.That(Word(events[^1].Json.GetProperty("response"), "status"), Is.EqualTo("failed"));
            Assert.That(Word(events[^1].Json.GetProperty("response").GetProperty("error"), "code"), Is.EqualTo("rate_limit_exceeded"));
            Assert.That(events.Count(one => one.Name == "response.output_text.delta"), Is.EqualTo(afterChunks));
            Assert.That(recorded.Usage!.OutputTokens, Is.EqualTo(afterChunks));
        });
    }

    [TestCase(0)]
    [TestCase(3)]
    public async Task A_cut_stream_ends_after_exactly_so_many_content_chunks(int afterChunks)
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = afterChunks });

        for (var i = 1; i <= 10; i++)
        {
            var events = await StreamedAsync(Ask());
            Assert.That(events[^1].Name, Is.EqualTo(NamedEvent.Broken));
            Assert.That(events.Count(one => one.Name == "response.output_text.delta"), Is.EqualTo(afterChunks));
            Assert.That((await EndedAsync(i)).Usage!.OutputTokens, Is.EqualTo(afterChunks));
        }
    }

    [Test]
    public async Task A_malformed_stream_and_one_without_usage()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Malformed, AfterChunks = 2, Count = 1 }, new Fault { Kind = FaultKind.NoUsage });
        var malformed = await StreamedAsync(Ask());
        var events = await StreamedAsync(Ask());

        Assert.Multiple(() =>
        {
            Assert.That(() => malformed[^1].Json, Throws.InstanceOf<JsonException>());
            Assert.That(events[^1].Name, Is.EqualTo("response.completed"));
            Assert.That(events[^1].Json.GetProperty("response").TryGetProperty("usage", out _), Is.False);
        });
    }

    [Test]
    public async Task Deltas_are_padded_unless_the_request_declines()
    {
        var padded = await StreamedAsync(Ask());
        var plain = await StreamedAsync(With(("stream_options", """{"include_obfuscation":false}""")));

        Assert.Multiple(() =>
        {
            Assert.That(padded.Any(one => one.Data.Contains("\"obfuscation\"", StringComparison.Ordinal)), Is.True);
            Assert.That(plain.Any(one => one.Data.Contains("\"obfuscation\"", StringComparison.Ordinal)), Is.False);
        });
    }

    // The names in their order, each run of the same once.
    private static List<string> Distinct(List<NamedEvent> events) => [.. events.Select(one => one.Name).Where((name, i) => i == 0 || events[i - 1].Name != name)];

    private static string Deltas(IEnumerable<NamedEvent> events, int? index = null) => string.Concat(events
        .Where(one => one.Name.EndsWith(".delta", StringComparison.Ordinal) && (index is null || Count(one.Json, "output_index") == index))
        .Select(one => Word(one.Json, "delta")));
}
