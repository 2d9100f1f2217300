using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests;

public sealed class ToolCallTests : SimulatorTest
{
    private const string Tools = """
        [{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}}}}},
         {"type":"function","function":{"name":"clock"}},
         {"type":"custom","custom":{"name":"shell"}}]
        """;

    [Test]
    public async Task A_user_message_with_tools_is_answered_by_a_call_that_fits_the_parameters()
    {
        var answer = await AnswerAsync(WithTools("What is the weather in Berlin?"));
        var call = Calls(answer).Single();

        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString(), Is.EqualTo("tool_calls"));
            Assert.That(answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(call.GetProperty("id").GetString(), Does.StartWith("call_"));
            Assert.That(Name(call), Is.EqualTo("weather"));
            Assert.That(Arguments(call), Is.EqualTo("""{"city":"Berlin","days":1}"""));
        });
    }

    [TestCase("""{"type":"function","function":{"name":"clock"}}""", "clock")]
    [TestCase("""{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"clock"}}]}}""", "clock")]
    [TestCase("\"required\"", "weather")]
    public async Task A_tool_choice_is_honoured(string choice, string called)
    {
        var request = WithTools("Go");
        request["tool_choice"] = JsonNode.Parse(choice);

        Assert.That(Calls(await AnswerAsync(request)).Select(Name), Is.EqualTo(new[] { called }));
    }

    [Test]
    public async Task No_tool_is_called_where_the_choice_is_none()
    {
        var request = WithTools("Go");
        request["tool_choice"] = "none";

        Assert.That(Calls(await AnswerAsync(request)), Is.Empty);
    }

    [Test]
    public async Task A_custom_tool_gets_free_text()
    {
        var request = WithTools("ls -l");
        request["tool_choice"] = JsonNode.Parse("""{"type":"custom","custom":{"name":"shell"}}""");

        var call = Calls(await AnswerAsync(request)).Single();

        Assert.That(call.GetProperty("custom").GetProperty("input").GetString(), Is.EqualTo("ls -l"));
    }

    [TestCase(null, 2)]
    [TestCase(false, 1)]
    public async Task Two_tools_are_called_at_once_if_the_user_says_parallel_and_the_request_allows_it(bool? allowed, int calls)
    {
        var request = WithTools("Do it in parallel");
        request["parallel_tool_calls"] = allowed;

        Assert.That(Calls(await AnswerAsync(request)), Has.Count.EqualTo(calls));
    }

    [Test]
    public async Task A_tool_result_is_answered_by_text_that_uses_it()
    {
        var request = WithTools("Weather?");
        request["messages"]!.AsArray().Add(JsonNode.Parse(
            """{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{}"}}]}"""));
        request["messages"]!.AsArray().Add(JsonNode.Parse("""{"role":"tool","tool_call_id":"c1","content":"21 degrees"}"""));

        var answer = await AnswerAsync(request);

        Assert.That(answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), Does.Contain("21 degrees"));
    }

    [Test]
    public async Task A_token_limit_truncates_the_arguments()
    {
        var request = WithTools("Weather in Berlin?");
        request["max_completion_tokens"] = 3;

        var answer = await AnswerAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(Arguments(Calls(answer).Single()), Is.EqualTo("{\""));
            Assert.That(answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString(), Is.EqualTo("length"));
        });
    }

    [Test]
    public async Task Streamed_calls_are_named_once_and_their_arguments_come_in_pieces()
    {
        var chunks = Chunks.Of(await EventsAsync(WithTools("Weather and clock in parallel")));
        var deltas = Chunks.Deltas(chunks).Where(delta => delta.TryGetProperty("tool_calls", out _))
            .Select(delta => delta.GetProperty("tool_calls")[0]).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(deltas.Where(delta => delta.TryGetProperty("id", out _)).Select(Name), Is.EqualTo(new[] { "weather", "clock" }));
            Assert.That(deltas.Count(delta => delta.TryGetProperty("type", out _)), Is.EqualTo(2));
            Assert.That(Joined(deltas, 0), Is.EqualTo("""{"city":"parallel","days":1}"""));
            Assert.That(Joined(deltas, 1), Is.EqualTo("{}"));
        });
    }

    private static JsonObject WithTools(string userText)
    {
        var request = Chat(userText);
        request["tools"] = JsonNode.Parse(Tools);
        return request;
    }

    private static List<JsonElement> Calls(JsonElement answer) =>
        answer.GetProperty("choices")[0].GetProperty("message").TryGetProperty("tool_calls", out var calls) ? [.. calls.EnumerateArray()] : [];

    private static string? Name(JsonElement call) => call.GetProperty("function").GetProperty("name").GetString();

    private static string? Arguments(JsonElement call) => call.GetProperty("function").GetProperty("arguments").GetString();

    private static string Joined(IEnumerable<JsonElement> deltas, int index) =>
        string.Concat(deltas.Where(delta => delta.GetProperty("index").GetInt32() == index).Select(Arguments));
}
