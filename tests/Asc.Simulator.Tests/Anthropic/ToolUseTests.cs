using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Anthropic;

public sealed class ToolUseTests : AnthropicTest
{
    private const string Tools = """
        [{"type":"web_search_20250305","name":"web_search"},
         {"name":"weather","input_schema":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}}}},
         {"type":"custom","name":"clock","input_schema":{"type":"object","properties":{}}},
         {"name":"bell","input_schema":{"type":"object"}}]
        """;

    [Test]
    public async Task A_user_message_with_tools_is_answered_by_a_call_that_fits_the_schema()
    {
        var answer = await SaidAsync(WithTools("What is the weather in Berlin?"));
        var call = Blocks(answer, "tool_use").Single();

        Assert.Multiple(() =>
        {
            Assert.That(StopReason(answer), Is.EqualTo("tool_use"));
            Assert.That(call.GetProperty("id").GetString(), Does.StartWith("toolu_"));
            Assert.That(call.GetProperty("name").GetString(), Is.EqualTo("weather"));
            Assert.That(call.GetProperty("input").GetRawText(), Is.EqualTo("""{"city":"Berlin","days":1}"""));
        });
    }

    [TestCase("""{"type":"auto"}""", "weather")]
    [TestCase("""{"type":"any"}""", "weather")]
    [TestCase("""{"type":"tool","name":"clock"}""", "clock")]
    [TestCase("""{"type":"none"}""", null)]
    public async Task A_choice_is_honoured(string choice, string? called)
    {
        var request = WithTools("Go");
        request["tool_choice"] = JsonNode.Parse(choice);

        Assert.That(Called(await SaidAsync(request)), Is.EqualTo(called is null ? [] : new[] { called }));
    }

    [TestCase(null, new[] { "weather", "clock" })]
    [TestCase("""{"type":"auto","disable_parallel_tool_use":true}""", new[] { "weather" })]
    public async Task Two_are_called_in_parallel_where_the_user_says_so_and_the_choice_allows_it(string? choice, string[] called)
    {
        var request = WithTools("Both in parallel");
        request["tool_choice"] = choice is null ? null : JsonNode.Parse(choice);

        Assert.That(Called(await SaidAsync(request)), Is.EqualTo(called));
    }

    [Test]
    public async Task Results_are_answered_in_words_and_the_call_may_come_back_as_it_was()
    {
        var request = WithTools("Both in parallel");
        var first = await SaidAsync(request);
        Continue(request, first, new JsonArray(
            [.. Blocks(first, "tool_use").Select((call, i) => Result(call, i == 0 ? (JsonNode)"21 degrees" : new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "noon" })))]));

        var second = await SaidAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(Text(second), Does.StartWith("The tool answered: 21 degrees noon."));
            Assert.That(StopReason(second), Is.EqualTo("end_turn"));
        });
    }

    [Test]
    public async Task A_forced_tool_is_called_again_even_after_a_result()
    {
        var request = WithTools("Go");
        request["tool_choice"] = JsonNode.Parse("""{"type":"any"}""");
        var first = await SaidAsync(request);
        Continue(request, first, new JsonArray(Result(Blocks(first, "tool_use").Single(), "ok")));

        Assert.That(Called(await SaidAsync(request)), Is.EqualTo(new[] { "weather" }));
    }

    [Test]
    public async Task A_token_limit_leaves_the_input_incomplete()
    {
        var request = WithTools("Weather in Berlin?");
        request["max_tokens"] = 3;

        var answer = await SaidAsync(request);
        var streamed = await StreamedAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(StopReason(answer), Is.EqualTo("max_tokens"));
            Assert.That(Blocks(answer, "tool_use").Single().GetProperty("input").GetRawText(), Is.EqualTo("{}"));
            Assert.That(NamedEvent.Joined(streamed, "partial_json"), Is.EqualTo("{\""));
        });
    }

    [Test]
    public async Task Streamed_calls_come_one_after_the_other_and_their_input_in_pieces()
    {
        var events = await StreamedAsync(WithTools("Weather and clock in parallel"));

        Assert.Multiple(() =>
        {
            Assert.That(
                events.Where(one => one.Name == "content_block_start").Select(one => one.Json.GetProperty("content_block").GetProperty("input").GetRawText()),
                Is.All.EqualTo("{}"));
            Assert.That(NamedEvent.Joined(events, "partial_json", 0), Is.EqualTo("""{"city":"parallel","days":1}"""));
            Assert.That(events.Count(one => one.IsDelta && one.Json.GetProperty("index").GetInt32() == 0), Is.GreaterThan(3));
            Assert.That(events[^2].Json.GetProperty("delta").GetProperty("stop_reason").GetString(), Is.EqualTo("tool_use"));
        });
    }

    [TestCase("clock", new[] { "" })]
    [TestCase("bell", new string[0])]
    public async Task A_call_without_arguments_is_streamed_with_an_empty_piece_of_input_or_none(string tool, string[] pieces)
    {
        var request = WithTools("Go");
        request["tool_choice"] = new JsonObject { ["type"] = "tool", ["name"] = tool };

        var events = await StreamedAsync(request);

        Assert.That(
            events.Where(one => one.IsDelta).Select(one => one.Json.GetProperty("delta").GetProperty("partial_json").GetString()), Is.EqualTo(pieces));
    }

    private static JsonObject WithTools(string userText)
    {
        var request = Ask(userText);
        request["tools"] = JsonNode.Parse(Tools);
        return request;
    }

    private static JsonObject Result(JsonElement call, JsonNode content) =>
        new() { ["type"] = "tool_result", ["tool_use_id"] = call.GetProperty("id").GetString(), ["content"] = content };

    private static IEnumerable<string?> Called(JsonElement answer) => Blocks(answer, "tool_use").Select(call => call.GetProperty("name").GetString());
}
