using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>Clients that know tools as they were called once, and whoever answers them: they hear of calls in the words they have.</summary>
[TestFixture]
internal sealed class FunctionsTests : TranslationFixture
{
    private const string Newest = "gpt-6.1-sol";
    private const string Functions = "\"functions\":[{\"name\":\"get_weather\",\"description\":\"d\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}},{\"name\":\"get_time\",\"parameters\":{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"}}}}]";
    private const string Hi = "{\"role\":\"user\",\"content\":\"hi\"}";
    private const string Call = "{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":\\\"Paris\\\"}\"}}";
    private const string Result = "{\"role\":\"function\",\"name\":\"get_weather\",\"content\":\"18 degrees\"}";

    protected override IEnumerable<Resource> More
    {
        get
        {
            var newest = TestPublisher.Model(Newest, "p-oai");
            (newest.Model.Deployments[0].UpstreamModel, newest.Model.ToolsBy) = (Newest, ToolsBy.Responses);
            return [newest];
        }
    }

    [SetUp]
    public Task Allow() => EnforceAsync(static (_, tenant) => tenant.Models.Allow.Values.Add(tenant.Models.Allow.Values.Contains(Newest) ? [] : [Newest]));

    [Test]
    public async Task A_call_is_a_function_call_whoever_makes_it([Values("claude", "mistral-large-2512", Newest)] string model, [Values] bool streams)
    {
        var ask = Asking(model, "{\"role\":\"user\",\"content\":\"both in parallel\"}", Functions + (streams ? ",\"stream\":true" : ""));
        var (name, arguments, reason, text) = streams ? OfStream(await StreamAsync(ChatCompletions, ask)) : OfAnswer(await AnswerAsync(ChatCompletions, ask));

        Assert.That((name, reason), Is.EqualTo(("get_weather", "function_call")), text);
        Assert.That(JsonNode.Parse(arguments)!["city"], Is.Not.Null);
        Assert.That(text, Does.Not.Contain("tool_calls"));
    }

    [TestCase("claude")]
    [TestCase("mistral-large-2512")]
    [TestCase(Newest)]
    public async Task What_the_function_answered_is_read_by_whoever_is_asked_next(string model)
    {
        var answer = await AnswerAsync(ChatCompletions, Asking(model, $"{Hi},{Call},{Result}", Functions));

        Assert.That(answer["choices"]![0]!["finish_reason"]!.GetValue<string>(), Is.EqualTo("stop"));
        Assert.That(Sent().ToJsonString(), Does.Contain("Paris").And.Contain("18 degrees").And.Not.Contain("\"function_call\":{").And.Not.Contain("\"functions\""));
    }

    [TestCase("\"auto\"", "auto", null)]
    [TestCase("\"none\"", "none", null)]
    [TestCase("{\"name\":\"get_time\"}", "tool", "get_time")]
    public async Task Which_one_is_called_is_said_as_of_tools(string choice, string type, string? name)
    {
        await AnswerAsync(ChatCompletions, Asking("claude", Hi, $"{Functions},\"function_call\":{choice}"));

        var sent = Sent();
        Assert.That((sent["tool_choice"]!["type"]!.GetValue<string>(), sent["tool_choice"]!["name"]?.GetValue<string>()), Is.EqualTo((type, name)));
        Assert.That(sent["tools"]!.AsArray().Select(tool => tool!["name"]!.GetValue<string>()), Is.EqualTo(new[] { "get_weather", "get_time" }));
        Assert.That(type == "none" || sent["tool_choice"]!["disable_parallel_tool_use"]!.GetValue<bool>(), Is.True, "there is a place for one");
    }

    [Test]
    public async Task Each_function_answers_its_own_call_in_whatever_order()
    {
        const string time = "{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"get_time\",\"arguments\":\"{}\"}}", noon = "{\"role\":\"function\",\"name\":\"get_time\",\"content\":\"noon\"}";
        await AnswerAsync(ChatCompletions, Asking("claude", $"{Hi},{Call},{time},{noon},{Result}", Functions));

        var messages = Sent()["messages"]!.AsArray();
        Assert.That(messages[1]!["content"]!.AsArray().Select(static call => (call!["id"]!.GetValue<string>(), call["name"]!.GetValue<string>())), Is.EqualTo(new[] { ("function_call_1", "get_weather"), ("function_call_2", "get_time") }));
        Assert.That(messages[2]!["content"]!.AsArray().Select(static result => (result!["tool_use_id"]!.GetValue<string>(), result["content"]!.ToJsonString())), Is.EquivalentTo(new[] { ("function_call_1", "[{\"type\":\"text\",\"text\":\"18 degrees\"}]"), ("function_call_2", "[{\"type\":\"text\",\"text\":\"noon\"}]") }));
    }

    [TestCase(Functions, "functions")]
    [TestCase("\"function_call\":\"none\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"any\"", "function_call")]
    public async Task Mistral_has_none_and_what_is_dropped_is_not_sent(string fields, string dropped)
    {
        await EnforceAsync(static (_, tenant) => tenant.FeatureGaps = FeatureGaps.Drop);
        using var response = await SendAsync(MistralChats, Asking("claude", Hi, fields));

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(response.Headers.GetValues("x-asc-dropped").Single(), Is.EqualTo(dropped));
        Assert.That(Sent()["tool_choice"]?["type"]!.GetValue<string>(), Is.EqualTo(dropped == "functions" ? null : "any"));
        Assert.That(Sent()["tools"] is null, Is.EqualTo(dropped == "functions"));
    }

    [Test]
    public async Task Their_own_provider_has_them_as_they_came()
    {
        await AnswerAsync(ChatCompletions, Asking("gpt", $"{Hi},{Call},{Result}", Functions));

        Assert.That(Sent()["functions"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(Sent()["messages"]![2]!["role"]!.GetValue<string>(), Is.EqualTo("function"));
    }

    [TestCase(Hi, Functions + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", "functions", "\"functions\" is what \"tools\" was called once")]
    [TestCase(Hi + "," + Result, Functions, "messages[1].name", "function_call")]
    [TestCase(Hi + "," + Call + "," + Result + "," + Result, Functions, "messages[3].name", "none of \"get_weather\"")]
    [TestCase(Hi, "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"function_call\":\"auto\"", "function_call", "there are none")]
    [TestCase(Hi, "\"functions\":[{}]", "functions[0].name", "must be a string")]
    [TestCase(Hi, "\"functions\":[1]", "functions[0]", "must hold objects")]
    [TestCase(Hi, Functions + ",\"function_call\":\"f\"", "function_call", "none, auto or")]
    [TestCase(Hi, "\"function_call\":{\"name\":\"f\"}", "function_call", "there are none")]
    public async Task What_is_wrong_is_told_by_the_names_that_they_know(string messages, string fields, string place, string told)
    {
        using var response = await SendAsync(ChatCompletions, Asking("claude", messages, fields));

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That((int)response.StatusCode, Is.EqualTo(400), error.ToJsonString());
        Assert.That(error["param"]!.GetValue<string>(), Is.EqualTo(place), error.ToJsonString());
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain(told));
    }

    [Test]
    public async Task Who_asks_with_tools_by_now_hears_of_tools_whatever_was_said_before()
    {
        var answer = await AnswerAsync(ChatCompletions, Asking(
            "claude", $"{Hi},{Call},{Result},{{\"role\":\"user\",\"content\":\"call the tool\"}}",
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}}],\"tool_choice\":\"required\""));

        Assert.That((answer["choices"]![0]!["finish_reason"]!.GetValue<string>(), answer["choices"]![0]!["message"]!["function_call"]), Is.EqualTo(("tool_calls", (JsonNode?)null)));
    }

    private static (string Name, string Arguments, string Reason, string Text) OfAnswer(JsonNode answer)
    {
        var choice = answer["choices"]![0]!;
        var call = choice["message"]!["function_call"];
        return (call?["name"]?.GetValue<string>() ?? "", call?["arguments"]?.GetValue<string>() ?? "null", choice["finish_reason"]!.GetValue<string>(), answer.ToJsonString());
    }

    private static (string Name, string Arguments, string Reason, string Text) OfStream(string stream)
    {
        var choices = Events(stream).Where(chunk => chunk["choices"]!.AsArray().Count > 0).Select(chunk => chunk["choices"]![0]!).ToList();
        var calls = choices.Select(choice => choice["delta"]!["function_call"]).OfType<JsonNode>().ToList();
        return (
            string.Concat(calls.Select(call => call["name"]?.GetValue<string>())), string.Concat(calls.Select(call => call["arguments"]?.GetValue<string>())),
            choices.Select(choice => choice["finish_reason"]).OfType<JsonNode>().Single().GetValue<string>(), stream);
    }

    private static string Asking(string model, string messages, string fields) => $"{{\"model\":\"{model}\",\"messages\":[{messages}],{fields}}}";
}
