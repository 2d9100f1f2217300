using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.Simulator.Faults;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>Clients of other protocols at Mistral, and Mistral's at other providers: what both say and hear, what is recorded, what policy refuses.</summary>
[TestFixture]
internal sealed class TranslatedMistralTests : TranslationFixture
{
    private const string Mistral = "mistral-large-2512";
    private const string Functions = "{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}},{\"type\":\"function\",\"function\":{\"name\":\"get_time\",\"parameters\":{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"}}}}}";
    private const string Tools = "\"tools\":[{\"name\":\"get_weather\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}},{\"name\":\"get_time\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"}}}}]";
    private static readonly string[] Both = ["get_weather", "get_time"];

    [TestCase(ChatCompletions, Mistral, "p-mistral")]
    [TestCase(Messages, Mistral, "p-mistral")]
    [TestCase(MistralChats, "gpt", "p-oai")]
    [TestCase(MistralChats, "claude", "p-claude")]
    public async Task An_answer_comes_across_and_costs_what_its_provider_counts(string path, string model, string provider)
    {
        var answer = await AnswerAsync(path, Asking(path, model, "\"hi\""));

        Assert.That(answer["model"]!.GetValue<string>(), Is.EqualTo(model), "the name that was asked for");
        Assert.That(TextOf(path, answer), Does.StartWith("You said: hi"));
        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That((record.Outcome, record.Provider, record.Endpoint, record.Usage.Estimated), Is.EqualTo((Outcome.Ok, provider, "POST " + path, false)));
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output), Is.EqualTo((billed.InputTokens, billed.OutputTokens)));
        var usage = answer["usage"]!;
        Assert.That(
            ((usage["prompt_tokens"] ?? usage["input_tokens"])!.GetValue<long>(), (usage["completion_tokens"] ?? usage["output_tokens"])!.GetValue<long>()), Is.EqualTo((billed.InputTokens, billed.OutputTokens)));
    }

    [TestCase(ChatCompletions, Mistral)]
    [TestCase(Messages, Mistral)]
    [TestCase(MistralChats, "gpt")]
    [TestCase(MistralChats, "claude")]
    public async Task A_stream_comes_across_and_tells_its_usage(string path, string model)
    {
        var heard = Heard(path, await StreamAsync(path, Asking(path, model, "\"hi\"", "\"stream\":true" + (path == ChatCompletions ? ",\"stream_options\":{\"include_usage\":true}" : ""))));

        Assert.That((heard.Said.Single().Name, heard.Reason), Is.EqualTo(((string?)null, path == Messages ? "end_turn" : "stop")));
        Assert.That(heard.Said[0].Content, Does.StartWith("You said: hi"));
        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That((heard.Usage!["completion_tokens"] ?? heard.Usage["output_tokens"])!.GetValue<long>(), Is.EqualTo(billed.OutputTokens));
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output, record.Usage.Estimated), Is.EqualTo((billed.InputTokens, billed.OutputTokens, false)));
    }

    [Test]
    public async Task Tools_that_are_called_at_once_come_across_and_so_do_their_answers(
        [Values(Mistral, "mistral-small-2603", "ministral-8b-2512", "zai-glm-5-2")] string model, [Values(ChatCompletions, Messages)] string path, [Values] bool streams)
    {
        var calls = await CallsAsync(path, model, streams);
        Assert.That(calls.Select(call => call.Name), Is.EqualTo(Both));
        Assert.That(calls.Select(call => JsonNode.Parse(call.Content)!.GetValueKind()), Is.All.EqualTo(System.Text.Json.JsonValueKind.Object));

        var answered = await AnswerAsync(path, path == Messages
            ? $"{{\"model\":\"{model}\",\"max_tokens\":64,{Tools},\"messages\":[{{\"role\":\"user\",\"content\":\"both\"}},{{\"role\":\"assistant\",\"content\":[{{\"type\":\"tool_use\",\"id\":\"toolu_01\",\"name\":\"get_weather\",\"input\":{{}}}},{{\"type\":\"tool_use\",\"id\":\"toolu_02\",\"name\":\"get_time\",\"input\":{{}}}}]}},{{\"role\":\"user\",\"content\":[{{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_01\",\"content\":\"rain\"}},{{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_02\",\"content\":\"noon\"}},{{\"type\":\"text\",\"text\":\"<system-reminder>be brief</system-reminder>\"}}]}}]}}"
            : Answering(model, "call_a_very_long_id_of_somebody_else", "call_2"));
        Assert.That((answered["content"] ?? answered["choices"])!.AsArray(), Is.Not.Empty, "Mistral took the order and the ids");
    }

    [TestCase("gpt", true)]
    [TestCase("gpt", false)]
    [TestCase("claude", true)]
    [TestCase("claude", false)]
    public async Task What_others_call_can_go_on_at_Mistral(string model, bool streams)
    {
        var asked = Asking(MistralChats, model, "\"both in parallel\"", $"\"tools\":[{Functions}]{(streams ? ",\"stream\":true" : "")}");
        string[] ids;
        if (streams)
        {
            var stream = await StreamAsync(MistralChats, asked);
            Assert.That(Hearing.OfMistral(stream).Said.Select(call => call.Name), Is.EqualTo(Both));
            ids = [.. Events(stream).SelectMany(chunk => chunk["choices"]![0]!["delta"]!["tool_calls"]?.AsArray() ?? []).Select(call => call!["id"]!.GetValue<string>())];
        }
        else
        {
            var calls = (await AnswerAsync(MistralChats, asked))["choices"]![0]!["message"]!["tool_calls"]!.AsArray();
            Assert.That(calls.Select(call => call!["function"]!["name"]!.GetValue<string>()), Is.EqualTo(Both));
            ids = [.. calls.Select(call => call!["id"]!.GetValue<string>())];
        }

        Assert.That(ids, Has.All.Matches("^[a-zA-Z0-9]{9}$"));
        foreach (var next in new[] { model, Mistral })
        {
            Assert.That(TextOf(MistralChats, await AnswerAsync(MistralChats, Answering(next, ids[0], ids[1]))), Is.Not.Empty);
        }
    }

    [TestCase(ChatCompletions, "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"system\",\"content\":\"be brief\"}]")]
    [TestCase(Messages, "\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"system\",\"content\":\"be brief\"}]")]
    [TestCase("/v1/responses", "\"store\":false,\"input\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"developer\",\"content\":\"be brief\"}]")]
    public async Task Instructions_may_be_the_last_word(string path, string said)
    {
        await AnswerAsync(path, $"{{\"model\":\"{Mistral}\",{said}}}");

        var last = Sent()["messages"]!.AsArray()[^1]!;
        Assert.That((last["role"]!.GetValue<string>(), last["content"]!.GetValue<string>()), Is.EqualTo(("user", "<system>be brief</system>")));
    }

    [Test]
    public async Task Thoughts_come_across([Values] bool streams)
    {
        await EnforceAsync((model, _) => model.Reasoning = new() { Efforts = { Effort.Low, Effort.High } });
        var fields = "\"reasoning_effort\":\"high\"" + (streams ? ",\"stream\":true" : "");
        var asked = Asking(ChatCompletions, "mistral-small-2603", "\"hi\"", fields);
        var thought = streams
            ? string.Concat(Events(await StreamAsync(ChatCompletions, asked)).Select(chunk => chunk["choices"]!.AsArray().FirstOrDefault()?["delta"]!["reasoning_content"]?.GetValue<string>()))
            : (await AnswerAsync(ChatCompletions, asked))["choices"]![0]!["message"]!["reasoning_content"]!.GetValue<string>();
        Assert.That(thought, Does.StartWith("The user says: hi"));
    }

    [TestCase(ChatCompletions, Mistral, "\"hi\"", "\"max_completion_tokens\":3", "length")]
    [TestCase(ChatCompletions, Mistral, "\"hi\"", "\"stop\":[\"said\"]", "stop")]
    [TestCase(Messages, Mistral, "\"hi\"", "\"max_tokens\":3", "max_tokens")]
    [TestCase(Messages, Mistral, "\"hi\"", "\"max_tokens\":99,\"stop_sequences\":[\"said\"]", "end_turn")]
    [TestCase(MistralChats, "gpt", "\"hi\"", "\"max_tokens\":3", "length")]
    [TestCase(MistralChats, "claude", "\"hi\"", "\"max_tokens\":3", "length")]
    [TestCase(MistralChats, "claude", "\"hi\"", "\"stop\":\"said\"", "stop")]
    [TestCase(MistralChats, "claude", "\"ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL\"", "\"n\":1", "stop")]
    [TestCase(MistralChats, "gpt", "\"SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER\"", "\"n\":1", "error")]
    public async Task Why_an_answer_ended_is_told_in_the_clients_words(string path, string model, string content, string field, string reason)
    {
        var answer = await AnswerAsync(path, $"{{\"model\":\"{model}\",{field},\"messages\":[{{\"role\":\"user\",\"content\":{content}}}]}}");
        Assert.That((answer["stop_reason"] ?? answer["choices"]![0]!["finish_reason"])!.GetValue<string>(), Is.EqualTo(reason));
    }

    [TestCase(ChatCompletions, "{\"error\":{\"message\":\"p-mistral answered that it failed.", "data: {\"error\":{\"message\":\"p-mistral reported an error in the middle")]
    [TestCase(Messages, "\"type\":\"api_error\",\"message\":\"p-mistral answered that it failed.", "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"p-mistral reported an error in the middle")]
    public async Task An_answer_that_failed_is_an_error_and_no_refusal(string path, string whole, string streamed)
    {
        using (var response = await SendAsync(path, Asking(path, Mistral, "\"SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER\"")))
        {
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(whole));
            Assert.That((int)response.StatusCode, Is.EqualTo(502));
        }

        using var stream = await SendAsync(path, Asking(path, Mistral, "\"SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER\"", "\"stream\":true"), HttpCompletionOption.ResponseHeadersRead);
        var text = await ReadAllAsync(stream);
        Assert.That(text, Does.Contain(streamed).And.Not.Contain("content_filter").And.Not.Contain("refusal").And.Not.Contain("[DONE]").And.Not.Contain("message_stop"));
    }

    [TestCase(ChatCompletions, Mistral, FaultKind.Cut, "data: {\"error\":{\"message\":\"p-mistral cut the stream")]
    [TestCase(ChatCompletions, Mistral, FaultKind.Error, "data: {\"error\":{\"message\":\"p-mistral reported an error in the middle")]
    [TestCase(Messages, Mistral, FaultKind.Cut, "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"p-mistral cut the stream")]
    [TestCase(Messages, Mistral, FaultKind.Malformed, "p-mistral sent a chunk that is not JSON")]
    [TestCase(MistralChats, "gpt", FaultKind.Cut, "data: {\"object\":\"error\",\"message\":\"p-oai cut the stream")]
    [TestCase(MistralChats, "claude", FaultKind.Cut, "data: {\"object\":\"error\",\"message\":\"p-claude cut the stream")]
    [TestCase(MistralChats, "claude", FaultKind.Error, "data: {\"object\":\"error\",\"message\":\"p-claude reported an error in the middle")]
    public async Task A_stream_that_breaks_ends_with_an_error_in_the_clients_own_words(string path, string model, FaultKind kind, string expected)
    {
        simulator.SetFaults(new Fault { Kind = kind, Status = 503, AfterChunks = 6 });
        using var response = await SendAsync(path, Asking(path, model, "\"hi\"", "\"stream\":true"), HttpCompletionOption.ResponseHeadersRead);

        var text = await ReadAllAsync(response);
        Assert.That(text, Does.Contain(expected));
        Assert.That(text, Does.Not.Contain("[DONE]").And.Not.Contain("message_stop").And.Not.Contain("\"finish_reason\":\"stop\""));
        Assert.That((await RecordAsync()).Outcome, Is.EqualTo(Outcome.Failed));
    }

    [TestCase(ChatCompletions, Mistral, "\"logit_bias\":{\"1\":2}", "logit-bias")]
    [TestCase(ChatCompletions, Mistral, "\"logprobs\":true", "logprobs")]
    [TestCase(ChatCompletions, Mistral, "\"temperature\":1.5", "temperature-above-1")]
    [TestCase(ChatCompletions, Mistral, "\"n\":2", "choices")]
    [TestCase(ChatCompletions, Mistral, "\"prediction\":{\"type\":\"content\",\"content\":\"x\"}", "prediction")]
    [TestCase(ChatCompletions, Mistral, "\"verbosity\":\"low\"", "verbosity")]
    [TestCase(ChatCompletions, Mistral, "\"unheard_of\":1", "other-fields")]
    [TestCase(Messages, Mistral, "\"top_k\":5", "top-k")]
    [TestCase(Messages, Mistral, "\"tools\":[{\"type\":\"bash_20250124\",\"name\":\"bash\"}]", "provider-tools")]
    [TestCase(MistralChats, "gpt", "\"n\":2", "choices")]
    [TestCase(MistralChats, "gpt", "\"prediction\":{\"type\":\"content\",\"content\":\"x\"}", "prediction")]
    [TestCase(MistralChats, "gpt", "\"safe_prompt\":true", "other-fields")]
    [TestCase(MistralChats, "gpt", "\"max_completion_tokens\":9", "other-fields")]
    [TestCase(MistralChats, "claude", "\"random_seed\":1", "seed")]
    [TestCase(MistralChats, "claude", "\"presence_penalty\":1", "penalties")]
    [TestCase(MistralChats, "claude", "\"response_format\":{\"type\":\"json_object\"}", "json-object")]
    public async Task What_is_lost_in_translation_is_refused(string path, string model, string field, string feature)
    {
        using var response = await SendAsync(path, Asking(path, model, "\"hi\"", field));

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var error = body["error"] ?? body;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>()), Is.EqualTo((400, "unsupported_feature")), body.ToJsonString());
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain(feature));
        Assert.That(simulator.Requests.Items, Is.Empty);
        Assert.That((await RecordAsync()).Rule, Is.EqualTo("provider.protocol"));
    }

    [Test]
    public async Task What_both_have_is_carried_by_its_name_there()
    {
        await AnswerAsync(ChatCompletions, Asking(ChatCompletions, Mistral, "\"hi\"", "\"seed\":7,\"frequency_penalty\":0.5,\"response_format\":{\"type\":\"json_object\"}"));

        Assert.That((Sent()["random_seed"]!.GetValue<int>(), Sent()["frequency_penalty"]!.GetValue<double>(), Sent()["response_format"]!["type"]!.GetValue<string>()), Is.EqualTo((7, 0.5, "json_object")));
    }

    // OpenAI refuses to be asked for JSON where nothing speaks of it (platform.openai.com, JSON mode); Mistral only recommends that.
    [TestCase("\"hi\"", "Answer with one JSON object and nothing else.|hi")]
    [TestCase("\"hi in Json\"", "hi in Json")]
    [TestCase("\"hi\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"RV5FAmdZD\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"RV5FAmdZD\",\"content\":\"JSON\"", "hi||JSON")]
    public async Task Some_JSON_object_is_asked_for_in_words_too(string content, string sent)
    {
        await AnswerAsync(MistralChats, Asking(MistralChats, "gpt", content, "\"response_format\":{\"type\":\"json_object\"}"));
        Assert.That(string.Join('|', Sent()["messages"]!.AsArray().Select(static message => message!["content"]?.GetValue<string>())), Is.EqualTo(sent));
    }

    [Test]
    public async Task What_may_be_lost_is_left_out_and_named()
    {
        await EnforceAsync((_, tenant) => tenant.FeatureGaps = FeatureGaps.Drop);

        using var response = await SendAsync(ChatCompletions, Asking(ChatCompletions, Mistral, "\"hi\"", "\"temperature\":1.7,\"logprobs\":true,\"unheard_of\":1"));

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(Header(response, "x-asc-dropped"), Is.EqualTo("temperature-above-1, logprobs, unheard_of"));
        Assert.That((Sent().AsObject().Count, Sent()["temperature"]!.GetValue<int>()), Is.EqualTo((3, 1)));
    }

    [Test]
    public async Task A_fallback_crosses_to_Mistral_and_from_it()
    {
        await EnforceAsync((_, _) => { }, new RouteTarget { Model = "claude" }, new RouteTarget { Model = Mistral });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 529, Match = new() { Protocol = "anthropic" } });

        using var response = await SendAsync(MistralChats, Asking(MistralChats, "both", "\"hi\""));

        Assert.That((Header(response, "x-asc-provider"), Header(response, "x-asc-attempts")), Is.EqualTo(("p-mistral", "3")), "Claude is asked twice");
    }

    private static string Asking(string path, string model, string content, string fields = "")
    {
        string[] all = [$"\"model\":\"{model}\"", .. path == Messages ? ["\"max_tokens\":64"] : Array.Empty<string>(), .. fields.Length > 0 ? [fields] : Array.Empty<string>(), $"\"messages\":[{{\"role\":\"user\",\"content\":{content}}}]"];
        return "{" + string.Join(',', all) + "}";
    }

    private static string Answering(string model, string first, string second) =>
        $"{{\"model\":\"{model}\",\"tools\":[{Functions}],\"messages\":[{{\"role\":\"user\",\"content\":\"both\"}},{{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{{\"id\":\"{first}\",\"type\":\"function\",\"function\":{{\"name\":\"get_weather\",\"arguments\":\"{{\\\"city\\\":\\\"Bonn\\\"}}\"}}}},{{\"id\":\"{second}\",\"type\":\"function\",\"function\":{{\"name\":\"get_time\",\"arguments\":\"{{}}\"}}}}]}},{{\"role\":\"tool\",\"tool_call_id\":\"{first}\",\"content\":\"rain\"}},{{\"role\":\"tool\",\"tool_call_id\":\"{second}\",\"content\":\"noon\"}}]}}";

    private static string TextOf(string path, JsonNode answer) => (path == Messages ? answer["content"]![0]!["text"] : answer["choices"]![0]!["message"]!["content"])!.GetValue<string>();

    private static Hearing Heard(string path, string stream) => path switch
    {
        Messages => Hearing.OfMessages(stream),
        ChatCompletions => Hearing.OfChat(stream),
        _ => Hearing.OfMistral(stream),
    };

    private async Task<Said[]> CallsAsync(string path, string model, bool streams)
    {
        var ask = Asking(path, model, "\"both in parallel\"", (path == Messages ? Tools : $"\"tools\":[{Functions}]") + (streams ? ",\"stream\":true" : ""));
        if (streams)
        {
            return Heard(path, await StreamAsync(path, ask)).Said;
        }

        var answer = await AnswerAsync(path, ask);
        return path == Messages
            ? [.. answer["content"]!.AsArray().Select(block => new Said(block!["name"]!.GetValue<string>(), block["input"]!.ToJsonString()))]
            : [.. answer["choices"]![0]!["message"]!["tool_calls"]!.AsArray().Select(call => new Said(call!["function"]!["name"]!.GetValue<string>(), call["function"]!["arguments"]!.GetValue<string>()))];
    }
}
