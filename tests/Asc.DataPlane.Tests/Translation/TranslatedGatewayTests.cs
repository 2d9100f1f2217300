using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.Simulator.Faults;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A client of one protocol and a provider of the other: what both say and hear, what is recorded, what policy refuses.</summary>
[TestFixture]
internal sealed class TranslatedGatewayTests : TranslationFixture
{
    private const string Tools = "\"tools\":[{\"name\":\"get_weather\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}},{\"name\":\"get_time\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"}}}}]";
    private const string ChatTools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}},{\"type\":\"function\",\"function\":{\"name\":\"get_time\",\"parameters\":{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"}}}}}]";

    [Test]
    public async Task A_chat_completion_is_Claudes_answer_and_costs_what_Claude_counts()
    {
        var answer = await AnswerAsync(ChatCompletions, ChatOf("\"hi\""));

        Assert.That((answer["object"]!.GetValue<string>(), answer["model"]!.GetValue<string>()), Is.EqualTo(("chat.completion", "claude")), "the name that was asked for");
        Assert.That(answer["choices"]![0]!["message"]!["content"]!.GetValue<string>(), Does.StartWith("You said: hi"));
        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That((record.Outcome, record.Provider, record.UpstreamModel, record.Usage.Estimated), Is.EqualTo((Outcome.Ok, "p-claude", "claude-haiku-4-5", false)));
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output), Is.EqualTo((billed.InputTokens, billed.OutputTokens)));
        Assert.That((answer["usage"]!["prompt_tokens"]!.GetValue<long>(), answer["usage"]!["completion_tokens"]!.GetValue<long>()), Is.EqualTo((billed.InputTokens, billed.OutputTokens)));
    }

    [Test]
    public async Task A_message_is_GPTs_answer_and_costs_what_OpenAI_counts()
    {
        var answer = await AnswerAsync(Messages, Message("\"hi\""));

        Assert.That((answer["type"]!.GetValue<string>(), answer["model"]!.GetValue<string>(), answer["stop_reason"]!.GetValue<string>()), Is.EqualTo(("message", "gpt", "end_turn")));
        Assert.That(answer["content"]![0]!["text"]!.GetValue<string>(), Does.StartWith("You said: hi"));
        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That((record.Provider, record.Endpoint, (long)record.Usage.Input, (long)record.Usage.Output), Is.EqualTo(("p-oai", "POST /v1/messages", billed.InputTokens, billed.OutputTokens)));
        Assert.That((answer["usage"]!["input_tokens"]!.GetValue<long>(), answer["usage"]!["output_tokens"]!.GetValue<long>()), Is.EqualTo((billed.InputTokens, billed.OutputTokens)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_streams_usage_is_told_to_whom_asks_and_counted_always(bool asks)
    {
        var heard = Hearing.OfChat(await StreamAsync(ChatCompletions, ChatOf("\"hi\"", "\"stream\":true" + (asks ? ",\"stream_options\":{\"include_usage\":true}" : ""))));

        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That(heard.Usage?["completion_tokens"]?.GetValue<long>(), Is.EqualTo(asks ? billed.OutputTokens : (long?)null));
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output, record.Usage.Estimated), Is.EqualTo((billed.InputTokens, billed.OutputTokens, false)));
        Assert.That(record.TimeToFirstTokenMs, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_message_streams_usage_is_at_its_end()
    {
        var heard = Hearing.OfMessages(await StreamAsync(Messages, Message("\"hi\"", "\"stream\":true")));

        var billed = (await SeenAsync()).Usage!;
        Assert.That((heard.Usage!["input_tokens"]!.GetValue<long>(), heard.Usage["output_tokens"]!.GetValue<long>()), Is.EqualTo((billed.InputTokens, billed.OutputTokens)));
    }

    [Test]
    public async Task Tools_that_are_called_at_once_come_across_and_so_do_their_answers([Values] bool streams)
    {
        var ask = ChatOf("\"both in parallel\"", ChatTools + (streams ? ",\"stream\":true" : ""));
        var calls = streams
            ? Hearing.OfChat(await StreamAsync(ChatCompletions, ask)).Said
            : [.. (await AnswerAsync(ChatCompletions, ask))["choices"]![0]!["message"]!["tool_calls"]!.AsArray().Select(call => new Said(call!["function"]!["name"]!.GetValue<string>(), call["function"]!["arguments"]!.GetValue<string>()))];
        Assert.That(calls.Select(call => call.Name), Is.EqualTo(new[] { "get_weather", "get_time" }));
        Assert.That(calls.Select(call => JsonNode.Parse(call.Content)!.GetValueKind()), Is.All.EqualTo(System.Text.Json.JsonValueKind.Object));

        var heard = await AnswerAsync(ChatCompletions, $"{{\"model\":\"claude\",{ChatTools},\"messages\":[{{\"role\":\"user\",\"content\":\"both\"}},{{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{{\"id\":\"call_1\",\"type\":\"function\",\"function\":{{\"name\":\"get_weather\",\"arguments\":\"{{\\\"city\\\":\\\"Bonn\\\"}}\"}}}},{{\"id\":\"call_2\",\"type\":\"function\",\"function\":{{\"name\":\"get_time\",\"arguments\":\"{{}}\"}}}}]}},{{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"rain\"}},{{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"noon\"}}]}}");
        Assert.That(heard["choices"]![0]!["message"]!["content"]!.GetValue<string>(), Is.Not.Empty);
    }

    [Test]
    public async Task Tools_that_OpenAI_calls_by_turns_come_one_after_the_other([Values] bool streams)
    {
        var ask = Message("\"SIMULATOR_MAGIC_STRING_TRIGGER_INTERLEAVED_TOOLS\"", Tools + (streams ? ",\"stream\":true" : ""));
        var calls = streams
            ? Hearing.OfMessages(await StreamAsync(Messages, ask)).Said
            : [.. (await AnswerAsync(Messages, ask))["content"]!.AsArray().Select(block => new Said(block!["name"]!.GetValue<string>(), block["input"]!.ToJsonString()))];
        Assert.That(calls.Select(call => call.Name), Is.EqualTo(new[] { "get_weather", "get_time" }));
        Assert.That(calls.Select(call => JsonNode.Parse(call.Content)!.GetValueKind()), Is.All.EqualTo(System.Text.Json.JsonValueKind.Object));
    }

    [TestCase("\"hi\"", "\"max_tokens\":3", "length")]
    [TestCase("\"hi\"", "\"stop\":[\"said\"]", "stop")]
    [TestCase("\"ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL\"", "\"n\":1", "content_filter")]
    public async Task Why_Claude_ended_is_told_in_OpenAIs_words(string content, string field, string reason) =>
        Assert.That((await AnswerAsync(ChatCompletions, ChatOf(content, field)))["choices"]![0]!["finish_reason"]!.GetValue<string>(), Is.EqualTo(reason));

    [TestCase("\"hi\"", "\"max_tokens\":3", "max_tokens")]
    [TestCase("\"SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER\"", "\"max_tokens\":64", "refusal")]
    [TestCase("\"ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL\"", "\"max_tokens\":64", "refusal")]
    public async Task Why_GPT_ended_is_told_in_Anthropics_words(string content, string field, string reason) =>
        Assert.That((await AnswerAsync(Messages, $"{{\"model\":\"gpt\",{field},\"messages\":[{{\"role\":\"user\",\"content\":{content}}}]}}"))["stop_reason"]!.GetValue<string>(), Is.EqualTo(reason));

    [Test]
    public async Task What_GPT_says_when_it_declines_is_a_refusal_in_its_words([Values] bool streams)
    {
        var ask = Message("\"ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL\"", streams ? "\"stream\":true" : "");
        var (said, reason) = streams
            ? (Hearing.OfMessages(await StreamAsync(Messages, ask)) is var heard ? heard.Said[0].Content : "", heard.Reason)
            : (await AnswerAsync(Messages, ask) is var answer ? answer["content"]![0]!["text"]!.GetValue<string>() : "", answer["stop_reason"]!.GetValue<string>());
        Assert.That((said, reason), Is.EqualTo(("I'm sorry, but I can't help with that.", "refusal")));
    }

    [Test]
    public async Task A_call_says_that_the_model_called_the_tool_itself([Values] bool streams)
    {
        var ask = Message("\"What is the weather in Bonn?\"", Tools + (streams ? ",\"stream\":true" : ""));
        var block = streams
            ? Events(await StreamAsync(Messages, ask)).Select(data => data["content_block"]).OfType<JsonNode>().Single()
            : (await AnswerAsync(Messages, ask))["content"]![0]!;
        Assert.That(block["caller"]?.ToJsonString(), Is.EqualTo("{\"type\":\"direct\"}"), "the .NET SDK demands it");
    }

    [TestCase(ChatCompletions, "claude")]
    [TestCase(Messages, "gpt")]
    public async Task What_a_client_has_used_when_it_leaves_is_counted(string path, string model)
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 3 });
        using (var response = await SendAsync(path, $"{{\"model\":\"{model}\",\"max_tokens\":64,\"stream\":true,\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]}}", HttpCompletionOption.ResponseHeadersRead))
        {
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[200]);
        }

        Assert.That((await SeenAsync()).ClientAborted, Is.True);
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Usage.Input > 0, record.Usage.Output > 0), Is.EqualTo((Outcome.Aborted, true, true)));
    }

    [TestCase(ChatCompletions, "claude", "data: {\"error\":{\"message\":\"p-claude cut the stream")]
    [TestCase(Messages, "gpt", "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"p-oai cut the stream")]
    public async Task A_stream_that_is_cut_ends_with_an_error_in_the_clients_own_words(string path, string model, string expected)
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = 6 });
        using var response = await SendAsync(path, $"{{\"model\":\"{model}\",\"max_tokens\":64,\"stream\":true,\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]}}", HttpCompletionOption.ResponseHeadersRead);

        var text = await ReadAllAsync(response);
        Assert.That(text, Does.Contain(expected));
        Assert.That(text, Does.Not.Contain("[DONE]").And.Not.Contain("message_stop").And.Not.Contain("\"finish_reason\":\"stop\""));
        Assert.That((await RecordAsync()).Outcome, Is.EqualTo(Outcome.Failed));
    }

    [TestCase(ChatCompletions, "claude", "\"seed\":1", "seed")]
    [TestCase(ChatCompletions, "claude", "\"n\":2", "choices")]
    [TestCase(ChatCompletions, "claude", "\"logprobs\":true", "logprobs")]
    [TestCase(ChatCompletions, "claude", "\"logit_bias\":{\"50256\":-100}", "logit-bias")]
    [TestCase(ChatCompletions, "claude", "\"temperature\":1.5", "temperature-above-1")]
    [TestCase(ChatCompletions, "claude", "\"stop\":[\"END\",\"\\n\\n\"]", "blank-stops")]
    [TestCase(ChatCompletions, "claude", "\"unheard_of\":1", "Its other fields: unheard_of.")]
    [TestCase(Messages, "gpt", "\"output_config\":{\"task_budget\":{}}", "task_budget")]
    [TestCase(Messages, "gpt", "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"},\"defer_loading\":true,\"input_examples\":[{}]}]", "defer_loading, input_examples")]
    [TestCase(ChatCompletions, "claude", "\"reasoning_effort\":\"low\"", "reasoning")]
    [TestCase(Messages, "gpt", "\"top_k\":5", "top-k")]
    [TestCase(Messages, "gpt", "\"tools\":[{\"type\":\"bash_20250124\",\"name\":\"bash\"}]", "provider-tools")]
    public async Task What_is_lost_in_translation_is_refused(string path, string model, string field, string feature)
    {
        using var response = await SendAsync(path, $"{{\"model\":\"{model}\",\"max_tokens\":64,{field},\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]}}");

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>()), Is.EqualTo((400, "unsupported_feature")));
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain(feature));
        Assert.That(simulator.Requests.Items, Is.Empty);
        Assert.That((await RecordAsync()).Rule, Is.EqualTo("provider.protocol"));
    }

    [Test]
    public async Task What_may_be_lost_is_left_out_and_named()
    {
        await EnforceAsync((_, tenant) => tenant.FeatureGaps = FeatureGaps.Drop);

        using var response = await SendAsync(ChatCompletions, ChatOf("\"hi\"", "\"seed\":1,\"logprobs\":true,\"unheard_of\":1"));

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(Header(response, "x-asc-dropped"), Is.EqualTo("logprobs, seed, unheard_of"));
        Assert.That((await RecordAsync()).DroppedFeatures, Is.EqualTo(new[] { "logprobs", "seed", "unheard_of" }));
        Assert.That(Sent().AsObject().Select(member => member.Key), Is.EquivalentTo(new[] { "model", "max_tokens", "messages" }));
    }

    [Test]
    public async Task What_would_make_it_another_request_is_refused_whatever_may_be_lost()
    {
        await EnforceAsync((_, tenant) => tenant.FeatureGaps = FeatureGaps.Drop);
        using var response = await SendAsync(ChatCompletions, ChatOf("\"hi\"", "\"n\":2"));
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task A_route_goes_on_to_whoever_can_carry_the_request()
    {
        await EnforceAsync((_, _) => { }, new RouteTarget { Model = "claude" }, new RouteTarget { Model = "gpt" });

        using var response = await SendAsync(ChatCompletions, "{\"model\":\"both\",\"seed\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        Assert.That(Header(response, "x-asc-provider"), Is.EqualTo("p-oai"));
    }

    private const string OpenSchema = "{\"model\":\"both\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}}}}";

    [Test]
    public async Task A_route_goes_on_where_it_turns_out_that_a_target_can_not_be_told_the_request()
    {
        await EnforceAsync((_, _) => { }, new RouteTarget { Model = "claude" }, new RouteTarget { Model = "gpt" });

        using var response = await SendAsync(ChatCompletions, OpenSchema);

        Assert.That((Header(response, "x-asc-provider"), Header(response, "x-asc-attempts")), Is.EqualTo(("p-oai", "1")), await response.Content.ReadAsStringAsync());
        Assert.That(simulator.Requests.Items, Has.Count.EqualTo(1));
        Assert.That((await RecordAsync()).Tries.Select(static call => (call.Sent, call.Code)), Is.EqualTo(new[] { (false, "unsupported_feature"), (true, "") }));
    }

    [Test]
    public async Task Where_the_only_other_target_is_down_the_client_is_told_to_come_again()
    {
        await EnforceAsync((_, _) => { }, new RouteTarget { Model = "claude" }, new RouteTarget { Model = "gpt" });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500 });

        using var response = await SendAsync(ChatCompletions, OpenSchema);

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>()), Is.EqualTo((502, "provider_error")));
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain("additionalProperties").And.Contain("p-oai"));
    }

    [Test]
    public async Task A_fallback_crosses_the_protocols()
    {
        await EnforceAsync((_, _) => { }, new RouteTarget { Model = "claude" }, new RouteTarget { Model = "gpt" });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 529, Match = new() { Protocol = "anthropic" } });

        using var response = await SendAsync(Messages, "{\"model\":\"both\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        Assert.That((Header(response, "x-asc-provider"), Header(response, "x-asc-attempts")), Is.EqualTo(("p-oai", "3")), "Claude is asked twice");
        Assert.That(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["type"]!.GetValue<string>(), Is.EqualTo("message"));
    }

    [TestCase(FaultKind.Cut)]
    [TestCase(FaultKind.Error)]
    public async Task Until_it_is_whole_another_target_may_serve(FaultKind kind)
    {
        await EnforceAsync(static (_, _) => { }, new RouteTarget { Model = "claude" }, new RouteTarget { Model = "gpt" });
        simulator.SetFaults(new Fault { Kind = kind, AfterChunks = 4, Match = new() { Protocol = "anthropic" } });
        using var response = await SendAsync(ChatCompletions, ChatOf("\"hi\"", "\"max_completion_tokens\":60000").Replace("\"claude\"", "\"both\"", StringComparison.Ordinal));
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(response.Headers.GetValues("x-asc-provider").Single(), Is.EqualTo("p-oai"));
    }

    [TestCase("\"hi\"")]
    [TestCase("\"use get_weather\"", "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]")]
    public async Task An_answer_that_is_streamed_for_its_length_comes_whole(string content, string fields = "\"n\":1")
    {
        var answer = await AnswerAsync(ChatCompletions, ChatOf(content, fields + ",\"max_completion_tokens\":60000"));
        Assert.That(Sent()["stream"]!.GetValue<bool>(), Is.True);
        var plain = await AnswerAsync(ChatCompletions, ChatOf(content, fields + ",\"max_completion_tokens\":6000"));
        foreach (var one in new[] { answer, plain })
        {
            (one["id"], one["created"]) = (null, null);
            foreach (var call in one["choices"]![0]!["message"]!["tool_calls"]?.AsArray() ?? [])
            {
                call!["id"] = null;
            }
        }

        Assert.That(answer.ToJsonString(), Is.EqualTo(plain.ToJsonString()));
    }

    [TestCase("{\"role\":\"user\",\"content\":\"hi\",\"extra\":{\"a\":1,\"a\":2}}", "a")]
    [TestCase("{\"role\":\"narrator\",\"content\":\"hi\"}", "messages[0].role")]
    public async Task What_can_not_be_translated_is_told_and_nobody_is_called(string message, string told)
    {
        using var response = await SendAsync(ChatCompletions, $"{{\"model\":\"claude\",\"messages\":[{message}]}}");

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>()), Is.EqualTo((400, "invalid_request")));
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain(told));
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    private static string ChatOf(string content, string fields = "") => $"{{\"model\":\"claude\",{fields}{(fields.Length > 0 ? "," : "")}\"messages\":[{{\"role\":\"user\",\"content\":{content}}}]}}";

    private static string Message(string content, string fields = "") => $"{{\"model\":\"gpt\",\"max_tokens\":64,{fields}{(fields.Length > 0 ? "," : "")}\"messages\":[{{\"role\":\"user\",\"content\":{content}}}]}}";
}
