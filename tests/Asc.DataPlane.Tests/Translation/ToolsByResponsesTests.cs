using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.Simulator.Faults;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A model that takes tools by OpenAI's responses only, and clients that don't speak them.</summary>
[TestFixture]
internal sealed class ToolsByResponsesTests : TranslationFixture
{
    private const string Tools = "\"tools\":[{\"name\":\"get_weather\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}},{\"name\":\"get_time\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"}}}}]";
    private const string ChatTools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}},{\"type\":\"function\",\"function\":{\"name\":\"get_time\",\"parameters\":{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"}}}}}]";
    private static readonly string[] Both = ["get_weather", "get_time"];

    protected override IEnumerable<Resource> More
    {
        get
        {
            var newest = TestPublisher.Model("gpt-6.1-sol", "p-oai");
            (newest.Model.Deployments[0].UpstreamModel, newest.Model.ToolsBy) = ("gpt-6.1-sol", ToolsBy.Responses);
            newest.Model.Reasoning = new() { Efforts = { Effort.Low, Effort.High } };
            return [newest];
        }
    }

    [SetUp]
    public Task Allow() => EnforceAsync(static (_, tenant) => tenant.Models.Allow.Values.Add(tenant.Models.Allow.Values.Contains("gpt-6.1-sol") ? [] : ["gpt-6.1-sol"]));

    [TestCase(Messages, Tools)]
    [TestCase(ChatCompletions, ChatTools)]
    [TestCase(MistralChats, ChatTools)]
    public async Task A_client_with_tools_is_answered_by_a_response(string path, string tools)
    {
        var whole = CallsOf(path, await AnswerAsync(path, Ask("both in parallel", tools)));
        Assert.That(whole, Is.EqualTo(Both));
        var sent = Seen.Single();
        Assert.That((sent.Path, JsonNode.Parse(sent.Body.Span)!["store"]!.GetValue<bool>()), Is.EqualTo(("/eu/openai/v1/responses", false)));

        var stream = await StreamAsync(path, Ask("both in parallel", tools + ",\"stream\":true"));
        var heard = path == Messages ? Hearing.OfMessages(stream) : path == ChatCompletions ? Hearing.OfChat(stream) : Hearing.OfMistral(stream);
        Assert.That(heard.Said.Select(said => said.Name), Is.EqualTo(Both));
        Assert.That(heard.Said.Select(said => JsonNode.Parse(said.Content)!.GetValueKind()), Is.All.EqualTo(System.Text.Json.JsonValueKind.Object));
    }

    [TestCase(Messages, "\"max_tokens\":99")]
    [TestCase(ChatCompletions, "\"max_completion_tokens\":99")]
    [TestCase(MistralChats, "\"max_tokens\":99")]
    public async Task One_without_is_answered_as_ever(string path, string bound)
    {
        await AnswerAsync(path, Ask("hi", bound));

        Assert.That(Seen.Single().Path, Is.EqualTo("/eu/openai/v1/chat/completions"));
    }

    [TestCase(Messages, Tools, "low")]
    [TestCase(ChatCompletions, ChatTools, null)]
    public async Task How_much_is_thought_for_a_short_answer_is_left_to_OpenAIs_own_clients(string path, string tools, string? effort)
    {
        await AnswerAsync(path, Ask("both in parallel", tools + (path == Messages ? "" : ",\"max_completion_tokens\":99")));

        Assert.That(Sent()["reasoning"]?["effort"]!.GetValue<string>(), Is.EqualTo(effort));
    }

    [Test]
    public async Task A_stream_of_a_response_is_counted_as_OpenAI_counts_it()
    {
        var heard = Hearing.OfMessages(await StreamAsync(Messages, Ask("both in parallel", Tools + ",\"stream\":true")));

        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That((record.Outcome, record.Provider, record.Endpoint, record.Usage.Estimated), Is.EqualTo((Outcome.Ok, "p-oai", "POST /v1/messages", false)));
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output), Is.EqualTo((billed.InputTokens, billed.OutputTokens)));
        Assert.That((heard.Usage!["input_tokens"]!.GetValue<long>(), heard.Usage["output_tokens"]!.GetValue<long>()), Is.EqualTo((billed.InputTokens, billed.OutputTokens)));
    }

    [Test]
    public async Task What_tools_answered_is_taken_back()
    {
        var answer = await AnswerAsync(Messages, $"{{\"model\":\"gpt-6.1-sol\",\"max_tokens\":99,{Tools},\"messages\":[{{\"role\":\"user\",\"content\":\"both\"}},{{\"role\":\"assistant\",\"content\":[{{\"type\":\"text\",\"text\":\"wait\"}},{{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"get_weather\",\"input\":{{\"city\":\"Bonn\"}}}},{{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"get_time\",\"input\":{{}}}}]}},{{\"role\":\"user\",\"content\":[{{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"rain\"}},{{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_2\",\"content\":\"noon\"}}]}}]}}");

        Assert.That(answer["content"]![0]!["text"]!.GetValue<string>(), Does.StartWith("The tool answered: noon"));
    }

    [TestCase(FaultKind.Error)]
    [TestCase(FaultKind.Cut)]
    public async Task A_response_that_breaks_ends_with_the_client_s_own_error(FaultKind kind)
    {
        simulator.SetFaults([new() { Kind = kind, Status = 500, AfterChunks = 7 }]);

        using var response = await SendAsync(Messages, Ask("hello there", Tools + ",\"stream\":true"), HttpCompletionOption.ResponseHeadersRead);
        Assert.That(await ReadAllAsync(response), Does.Contain("event: error").And.Not.Contain("message_stop"));
        Assert.That((await RecordAsync()).Outcome, Is.EqualTo(Outcome.Failed));
    }

    [Test]
    public async Task What_responses_have_no_place_for_is_refused_or_dropped_as_policy_says()
    {
        using (var refused = await SendAsync(ChatCompletions, Ask("hi", ChatTools + ",\"seed\":1")))
        {
            Assert.That((int)refused.StatusCode, Is.EqualTo(400));
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("gpt-6.1-sol takes tools by responses (toolsBy of the Model gpt-6.1-sol), and what is translated for that loses seed"));
        }

        await EnforceAsync(static (_, tenant) =>
        {
            tenant.FeatureGaps = FeatureGaps.Drop;
            tenant.Models.Allow.Values.Add(tenant.Models.Allow.Values.Contains("gpt-6.1-sol") ? [] : ["gpt-6.1-sol"]);
        });
        using var dropped = await SendAsync(ChatCompletions, Ask("hi", ChatTools + ",\"seed\":1"));
        Assert.That(((int)dropped.StatusCode, dropped.Headers.GetValues("x-asc-dropped").Single()), Is.EqualTo((200, "seed")));
    }

    private IReadOnlyList<Simulator.Journal.RecordedRequest> Seen => [.. simulator.Requests.Items];

    private static string Ask(string content, string more) =>
        $"{{\"model\":\"gpt-6.1-sol\",{(more.Contains("input_schema", StringComparison.Ordinal) ? "\"max_tokens\":99," : "")}{more},\"messages\":[{{\"role\":\"user\",\"content\":\"{content}\"}}]}}";

    private static IEnumerable<string> CallsOf(string path, JsonNode answer) => path == Messages
        ? answer["content"]!.AsArray().Select(block => block!["name"]!.GetValue<string>())
        : answer["choices"]![0]!["message"]!["tool_calls"]!.AsArray().Select(call => call!["function"]!["name"]!.GetValue<string>());
}
