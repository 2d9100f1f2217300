using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Mistral;

public sealed class ToolCallTests : MistralTest
{
    [Test]
    public async Task A_call_has_an_id_of_nine_and_arguments_that_fit()
    {
        var answer = await SaidAsync(WithTools("What is the weather in Berlin?"));
        var call = Calls(answer).Single();

        Assert.Multiple(() =>
        {
            Assert.That(Finish(answer), Is.EqualTo("tool_calls"));
            Assert.That(call.GetProperty("id").GetString(), Does.Match("^[a-zA-Z0-9]{9}$"));
            Assert.That(call.GetProperty("type").GetString(), Is.EqualTo("function"));
            Assert.That(call.GetProperty("function").GetProperty("arguments").GetString(), Is.EqualTo("""{"city":"Berlin","days":1}"""));
            Assert.That(Said(answer).GetProperty("content").GetString(), Is.Empty);
        });
    }

    [Test]
    public async Task Some_models_leave_out_type_and_index()
    {
        var request = WithTools("Berlin", "devstral-latest");
        var answer = await SaidAsync(request);
        var delta = Choice(Chunks.Of(await StreamedAsync(request))[^1]).GetProperty("delta");

        Assert.Multiple(() =>
        {
            Assert.That(Calls(answer).Single().EnumerateObject().Select(property => property.Name), Is.EqualTo(new[] { "id", "function" }));
            Assert.That(Said(answer).TryGetProperty("content", out _), Is.False);
            Assert.That(delta.GetProperty("content").ValueKind, Is.EqualTo(JsonValueKind.Null));
        });
    }

    [Test]
    public async Task A_partner_s_model_streams_calls_in_pieces_without_a_name()
    {
        var events = await StreamedAsync(WithTools("in parallel", "zai-glm-5-2"));
        var deltas = Deltas(events);
        var last = Chunks.Of(events)[^1];

        Assert.Multiple(() =>
        {
            Assert.That(deltas.Where(delta => delta.TryGetProperty("id", out _)).Select(Name), Is.EqualTo(new[] { "weather", "clock" }));
            Assert.That(deltas.Where(delta => !delta.TryGetProperty("id", out _)).Select(Name), Is.All.Empty);
            Assert.That(
                string.Concat(deltas.Where(delta => Count(delta, "index") == 0).Select(delta => delta.GetProperty("function").GetProperty("arguments").GetString())),
                Is.EqualTo("""{"city":"parallel","days":1}"""));
            Assert.That(Finish(last), Is.EqualTo("tool_calls"));
            Assert.That(Choice(last).GetProperty("delta").TryGetProperty("tool_calls", out _), Is.False);
            Assert.That(Count(last.GetProperty("usage"), "completion_tokens"), Is.EqualTo(deltas.Count));
        });
    }

    [Test]
    public async Task One_model_has_arguments_that_are_an_object()
    {
        var request = WithTools("Berlin", "ministral-8b-latest");
        var whole = Calls(await SaidAsync(request)).Single();
        var streamed = Deltas(await StreamedAsync(request)).Single();

        Assert.Multiple(() =>
        {
            Assert.That(whole.GetProperty("function").GetProperty("arguments").GetRawText(), Is.EqualTo("""{"city":"Berlin","days":1}"""));
            Assert.That(streamed.GetProperty("function").GetProperty("arguments").ValueKind, Is.EqualTo(JsonValueKind.Object));
        });
    }

    [TestCase("\"any\"", new[] { "weather" })]
    [TestCase("\"required\"", new[] { "weather" })]
    [TestCase("\"none\"", new string[0])]
    [TestCase("""{"type":"function","function":{"name":"clock"}}""", new[] { "clock" })]
    public async Task A_choice_is_honoured(string choice, string[] called)
    {
        var request = WithTools("Go");
        request["tool_choice"] = JsonNode.Parse(choice);

        Assert.That(Calls(await SaidAsync(request)).Select(Name), Is.EqualTo(called));
    }

    [TestCase("in parallel", null, 2)]
    [TestCase("SIMULATOR_MAGIC_STRING_TRIGGER_INTERLEAVED_TOOLS", null, 2)]
    [TestCase("in parallel", false, 1)]
    public async Task Calls_come_whole_in_one_event_with_the_finish_reason(string words, bool? allowed, int count)
    {
        var request = WithTools(words);
        if (allowed is not null)
        {
            request["parallel_tool_calls"] = allowed;
        }

        var events = await StreamedAsync(request);
        var last = Chunks.Of(events)[^1];

        Assert.Multiple(() =>
        {
            Assert.That(Deltas(events), Has.Count.EqualTo(count));
            Assert.That(Choice(last).GetProperty("delta").GetProperty("tool_calls").GetArrayLength(), Is.EqualTo(count));
            Assert.That(Finish(last), Is.EqualTo("tool_calls"));
            Assert.That(Count(last.GetProperty("usage"), "completion_tokens"), Is.GreaterThan(count));
        });
    }

    [Test]
    public async Task A_result_is_answered_in_words_and_the_call_may_come_back_as_it_was()
    {
        var request = WithTools("Berlin", "ministral-8b-latest");
        var first = await SaidAsync(request);
        request["messages"]!.AsArray().Add(JsonNode.Parse(Said(first).GetRawText()));
        request["messages"]!.AsArray().Add(new JsonObject
        {
            ["role"] = "tool", ["name"] = "weather", ["content"] = "21 degrees", ["tool_call_id"] = Calls(first).Single().GetProperty("id").GetString(),
        });

        Assert.That(Said(await SaidAsync(request)).GetProperty("content").GetString(), Does.StartWith("The tool answered: 21 degrees."));
    }

    [Test]
    public async Task A_token_limit_cuts_the_arguments()
    {
        var request = WithTools("Berlin");
        request["max_tokens"] = 3;
        var answer = await SaidAsync(request);

        Assert.That((Finish(answer), Calls(answer).Single().GetProperty("function").GetProperty("arguments").GetString()), Is.EqualTo(("length", "{\"")));
    }

    private static List<JsonElement> Calls(JsonElement answer) =>
        Said(answer).GetProperty("tool_calls") is { ValueKind: JsonValueKind.Array } calls ? [.. calls.EnumerateArray()] : [];

    private static List<JsonElement> Deltas(IEnumerable<string> events) =>
        [.. Chunks.Deltas(Chunks.Of(events)).Where(delta => delta.TryGetProperty("tool_calls", out _)).SelectMany(delta => delta.GetProperty("tool_calls").EnumerateArray())];

    private static string? Name(JsonElement call) => call.GetProperty("function").GetProperty("name").GetString();
}
