using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What some models or providers don't take of a request: it is refused, or left out and named, or said in another way; and a route goes on to who takes it.</summary>
[TestFixture]
internal sealed class RequestGapTests : TranslationFixture
{
    private const string Mistral = "mistral-large-2512";
    private const string Bounded = "\"schema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":1}},\"required\":[\"n\"],\"additionalProperties\":false}";

    private static string TextFile => $"{{\"type\":\"file\",\"file\":{{\"filename\":\"a.csv\",\"file_data\":\"data:text/csv;base64,{Convert.ToBase64String("é,\"1\"\n"u8)}\"}}}}";

    [Test]
    public async Task Temperature_with_top_p_is_refused_where_the_model_takes_either()
    {
        await EnforceAsync((model, _) => model.Unsupported.Add(Parameter.TopPWithTemperature));

        var error = await RefusalAsync(ChatCompletions, Asking("claude", "\"hi\"", "\"temperature\":0.5,\"top_p\":0.9"));

        Assert.That(error, Does.Contain("claude takes no top-p-with-temperature (unsupported"));
    }

    [TestCase("\"temperature\":0.5,\"top_p\":0.9", "top-p-with-temperature", "temperature")]
    [TestCase("\"temperature\":0.5", null, "temperature")]
    [TestCase("\"temperature\":1,\"top_p\":0.9", null, "top_p")]
    public async Task Of_temperature_with_top_p_the_temperature_is_kept_where_one_may_be_lost(string fields, string? dropped, string kept)
    {
        await EnforceAsync((model, tenant) =>
        {
            model.Unsupported.Add(Parameter.TopPWithTemperature);
            tenant.FeatureGaps = FeatureGaps.Drop;
        });

        using var response = await SendAsync(ChatCompletions, Asking("claude", "\"hi\"", fields));

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(response.Headers.TryGetValues("x-asc-dropped", out var names) ? names.Single() : null, Is.EqualTo(dropped));
        Assert.That(Sent().AsObject().Select(member => member.Key).Where(key => key is "temperature" or "top_p"), Is.EqualTo(new[] { kept }));
    }

    [TestCase("\"temperature\":0.5,\"top_p\":0.9", "temperature, top-p")]
    [TestCase("\"temperature\":1,\"top_p\":1", null)]
    public async Task Who_takes_no_sampling_is_asked_by_the_version_that_has_none(string fields, string? dropped)
    {
        var ask = Asking("claude", "\"hi\"", fields);
        await AtOpusAsync(FeatureGaps.Refuse);
        if (dropped is not null)
        {
            Assert.That(await RefusalAsync(ChatCompletions, ask), Does.Contain($"claude takes no {dropped} (unsupported"));
            await AtOpusAsync(FeatureGaps.Drop);
        }

        using var response = await SendAsync(ChatCompletions, ask);

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(response.Headers.TryGetValues("x-asc-dropped", out var names) ? names.Single() : null, Is.EqualTo(dropped));
        Assert.That(simulator.Requests.Items.Single().Headers["anthropic-version"].ToString(), Is.EqualTo("2026-10-21"));

        Task AtOpusAsync(FeatureGaps gaps) => EnforceAsync((model, tenant) =>
        {
            model.Deployments[0].UpstreamModel = model.Deployments[0].UpstreamModel.Replace("claude-haiku-4-5", "claude-opus-5-5", StringComparison.Ordinal);
            model.Unsupported.Add([Parameter.Temperature, Parameter.TopP, Parameter.TopK]);
            tenant.FeatureGaps = gaps;
        });
    }

    [Test]
    public async Task Who_samples_is_asked_by_the_version_that_has_it()
    {
        await AnswerAsync(ChatCompletions, Asking("claude", "\"hi\"", "\"temperature\":0.5"));
        Assert.That(simulator.Requests.Items.Single().Headers["anthropic-version"].ToString(), Is.EqualTo("2023-06-01"));
    }

    [TestCase(ChatCompletions, "\"reasoning_effort\":\"high\",\"temperature\":0.5,\"max_tokens\":4000", "\"hi\"", "sampling-with-reasoning", true)]
    [TestCase(ChatCompletions, "\"reasoning_effort\":\"high\",\"top_p\":0.5", "\"hi\"", "sampling-with-reasoning", true)]
    [TestCase(MistralChats, "\"reasoning_effort\":\"high\",\"max_tokens\":4000", "\"hi\"},{\"role\":\"assistant\",\"prefix\":true,\"content\":\"Good\"", "prefill-with-reasoning", false)]
    public async Task What_Claude_has_no_room_for_while_it_thinks_is_a_gap(string path, string fields, string said, string gap, bool thinks)
    {
        await EnforceThinkerAsync(FeatureGaps.Refuse);
        Assert.That(await RefusalAsync(path, Asking("claude", said, fields)), Does.Contain($"takes no {gap}"));

        await EnforceThinkerAsync(FeatureGaps.Drop);
        using var response = await SendAsync(path, Asking("claude", said, fields));
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That((Header(response, "x-asc-dropped"), Sent()["thinking"] is not null, Sent()["temperature"] ?? Sent()["top_p"]), Is.EqualTo((gap, thinks, default(System.Text.Json.Nodes.JsonNode))));

        Task EnforceThinkerAsync(FeatureGaps gaps) => EnforceAsync((model, tenant) =>
        {
            model.Reasoning = new() { Efforts = { Effort.Low, Effort.High }, ByBudget = true };
            tenant.FeatureGaps = gaps;
        });
    }

    [TestCase(MistralChats, "\"reasoning_effort\":\"high\",\"temperature\":0.5")]
    [TestCase(Messages, "\"output_config\":{\"effort\":\"high\"},\"top_p\":0.5,\"max_tokens\":99")]
    public async Task Sampling_is_a_gap_where_a_model_declares_that_it_takes_it_only_unthinking(string path, string fields)
    {
        await EnforceThinkerAsync(FeatureGaps.Refuse);
        Assert.That(await RefusalAsync(path, Asking("gpt", "\"hi\"", fields)), Does.Contain("gpt takes no sampling-with-reasoning (unsupported"));

        await EnforceThinkerAsync(FeatureGaps.Drop);
        using var response = await SendAsync(path, Asking("gpt", "\"hi\"", fields));
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That((Header(response, "x-asc-dropped"), Sent()["reasoning_effort"]!.GetValue<string>(), Sent()["temperature"] ?? Sent()["top_p"]), Is.EqualTo(("sampling-with-reasoning", "high", default(JsonNode))));

        Task EnforceThinkerAsync(FeatureGaps gaps) => EnforceAsync((model, tenant) =>
        {
            model.Deployments[0].UpstreamModel = model.Deployments[0].UpstreamModel.Replace("gpt-5-mini-2025-08-07", "gpt-5.4", StringComparison.Ordinal);
            model.Reasoning = new() { Efforts = { Effort.None, Effort.High } };
            model.Unsupported.Add(Parameter.SamplingWithReasoning);
            tenant.FeatureGaps = gaps;
        });
    }

    [Test]
    public async Task Of_two_bounds_the_newer_one_counts()
    {
        await AnswerAsync(ChatCompletions, Asking("claude", "\"hi\"", "\"max_tokens\":4096,\"max_completion_tokens\":100"));
        Assert.That(Sent()["max_tokens"]!.GetValue<long>(), Is.EqualTo(100));
    }

    [TestCase("{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\"}}")]
    [TestCase("{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":null}}")]
    public async Task A_schema_that_is_not_there_is_missed(string format)
    {
        using var response = await SendAsync(ChatCompletions, Asking("claude", "\"hi\"", $"\"response_format\":{format}"));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["param"]!.GetValue<string>()), Is.EqualTo((400, "response_format.json_schema.schema")));
    }

    [Test]
    public async Task Where_an_answer_is_too_short_to_think_there_is_no_gap()
    {
        await EnforceAsync(static (model, _) => model.Reasoning = new() { Efforts = { Effort.Low, Effort.High }, ByBudget = true });
        await AnswerAsync(ChatCompletions, Asking("claude", "\"hi\"", "\"reasoning_effort\":\"high\",\"temperature\":0.5,\"max_tokens\":1000"));
        Assert.That((Sent()["thinking"], Sent()["temperature"]!.ToJsonString()), Is.EqualTo((default(System.Text.Json.Nodes.JsonNode), "0.5")));
    }

    [TestCase(ChatCompletions, "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\"," + Bounded + "}}")]
    [TestCase(MistralChats, "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\"," + Bounded + "}}")]
    [TestCase("/v1/responses", "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"," + Bounded + "}}")]
    [TestCase(ChatCompletions, "\"tools\":[{\"type\":\"function\",\"function\":{\"strict\":true,\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"string\",\"maxLength\":9}},\"required\":[\"n\"],\"additionalProperties\":false}}}]")]
    [TestCase("/v1/responses", "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"array\",\"items\":{},\"maxItems\":2}},\"required\":[\"n\"],\"additionalProperties\":false},\"strict\":true}]")]
    public async Task Bounds_that_Claude_cannot_be_held_to_are_refused_or_left_out_and_named(string path, string fields)
    {
        var ask = path == "/v1/responses" ? $"{{\"model\":\"claude\",{fields},\"input\":\"hi\"}}" : Asking("claude", "\"hi\"", fields);
        Assert.That(await RefusalAsync(path, ask), Does.Contain("loses schema-bounds"));

        await EnforceAsync((_, tenant) => tenant.FeatureGaps = FeatureGaps.Drop);
        using var response = await SendAsync(path, ask);

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(Header(response, "x-asc-dropped"), Is.EqualTo("schema-bounds"));
        Assert.That(Sent().ToJsonString(), Does.Not.Contain("minimum").And.Not.Contain("maxLength").And.Not.Contain("maxItems"));
    }

    [TestCase("\"properties\":{\"minimum\":{\"type\":\"string\",\"enum\":[\"maxLength\"],\"default\":{\"pattern\":1,\"multipleOf\":2}}}")]
    [TestCase("\"properties\":{\"a\":{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"string\",\"format\":\"date\"}}}")]
    [TestCase("\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":-9007199254740991,\"maximum\":9007199254740991},\"b\":{\"type\":\"array\",\"items\":{},\"uniqueItems\":false},\"c\":{\"type\":\"string\",\"minLength\":0}}")]
    public async Task What_is_no_bound_is_no_gap(string schema) =>
        await AnswerAsync(ChatCompletions, Asking("claude", "\"hi\"", $"\"response_format\":{{\"type\":\"json_schema\",\"json_schema\":{{\"name\":\"n\",\"schema\":{{\"type\":\"object\",{schema}}}}}}}"));

    [Test]
    public async Task A_schema_that_is_bounded_goes_to_whom_can_be_held_to_it()
    {
        await EnforceAsync((_, _) => { }, new RouteTarget { Model = "claude" }, new RouteTarget { Model = "gpt" });

        using var response = await SendAsync(Messages, $"{{\"model\":\"both\",\"max_tokens\":64,\"output_config\":{{\"format\":{{\"type\":\"json_schema\",{Bounded}}}}},\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]}}");

        Assert.That(Header(response, "x-asc-provider"), Is.EqualTo("p-claude"), "it judges its own protocol's requests itself");
        using var translated = await SendAsync(ChatCompletions, Asking("both", "\"hi\"", "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\"," + Bounded + "}}"));
        Assert.That(Header(translated, "x-asc-provider"), Is.EqualTo("p-oai"));
    }

    [TestCase("{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}}}")]
    [TestCase("{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"object\",\"properties\":{\"b\":{\"$ref\":\"#/$defs/b\"}}},\"b\":{\"anyOf\":[{\"type\":\"null\"},{\"$ref\":\"#/$defs/a\"}]}}}")]
    public async Task A_schema_that_refers_to_itself_is_refused_for_Claude(string schema) =>
        Assert.That(await RefusalAsync(ChatCompletions, Asking("claude", "\"hi\"", $"\"response_format\":{{\"type\":\"json_schema\",\"json_schema\":{{\"name\":\"n\",\"schema\":{schema}}}}}")), Does.Contain("refers to itself"));

    [Test]
    public async Task A_schema_that_refers_to_a_part_twice_does_not_refer_to_itself() => await AnswerAsync(ChatCompletions, Asking(
        "claude", "\"hi\"", "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\"},\"b\":{\"$ref\":\"#/$defs/y\"}},\"$defs\":{\"x\":{\"type\":\"string\"},\"y\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/x\"}}}}}}"));

    [TestCase("claude")]
    [TestCase(Mistral)]
    public async Task A_file_of_text_is_said_where_no_such_file_is_taken(string model)
    {
        var answer = await AnswerAsync(ChatCompletions, Asking(model, $"[{TextFile},{{\"type\":\"text\",\"text\":\"go\"}}]"));

        Assert.That(answer["choices"]![0]!["finish_reason"]!.GetValue<string>(), Is.EqualTo("stop"));
        Assert.That(
            Sent()["messages"]![0]!["content"]!.AsArray().Select(part => part!["text"]!.GetValue<string>()),
            Is.EqualTo(new[] { "<document_title>a.csv</document_title>", "é,\"1\"\n", "go" }));
    }

    [TestCase(ChatCompletions, "\"reasoning_effort\":\"none\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpg;base64,/9j/4AAQSkZJRg==\"}}]}]")]
    [TestCase("/v1/responses", "\"reasoning\":{\"effort\":\"none\"},\"input\":\"hi\"")]
    public async Task What_Claude_can_do_in_its_own_words_is_no_gap(string path, string ask) => await AnswerAsync(path, $"{{\"model\":\"claude\",{ask}}}");

    [Test]
    public async Task A_file_of_text_of_a_response_is_said_as_well()
    {
        var data = Convert.ToBase64String("{}"u8);
        await AnswerAsync("/v1/responses", $"{{\"model\":\"claude\",\"input\":[{{\"role\":\"user\",\"content\":[{{\"type\":\"input_file\",\"file_data\":\"data:application/json;base64,{data}\"}}]}}]}}");

        Assert.That(Sent()["messages"]![0]!["content"]![0]!["text"]!.GetValue<string>(), Is.EqualTo("{}"));
    }

    [TestCase("////")]
    [TestCase("no base64")]
    public async Task A_file_that_says_to_be_text_and_is_none_is_the_clients_fault(string data)
    {
        using var response = await SendAsync(ChatCompletions, Asking("claude", $"[{{\"type\":\"file\",\"file\":{{\"file_data\":\"data:text/plain;base64,{data}\"}}}}]"));

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>(), error["param"]!.GetValue<string>()), Is.EqualTo((400, "invalid_request", "messages[0].content[0].file.file_data")));
    }

    [TestCase("{\"type\":\"file\",\"file\":{\"file_data\":\"data:application\\/zip;base64,UEsD\"}}")]
    [TestCase("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/svg+xml;base64,PHN2\"}}")]
    public async Task What_only_one_provider_takes_goes_to_it(string part)
    {
        await EnforceAsync((_, _) => { }, new RouteTarget { Model = Mistral }, new RouteTarget { Model = "claude" }, new RouteTarget { Model = "gpt" });
        Assert.That(await RefusalAsync(ChatCompletions, Asking("claude", $"[{part}]")), Does.Contain("loses other-media-types"));

        using var response = await SendAsync(ChatCompletions, Asking("both", $"[{part}]"));

        Assert.That(Header(response, "x-asc-provider"), Is.EqualTo("p-oai"));
    }

    [Test]
    public async Task A_title_and_a_context_of_a_document_come_along_as_text()
    {
        const string document = "{\"type\":\"document\",\"title\":\"T \\\"1\\\"\",\"context\":\"c\",\"source\":";
        await AnswerAsync(Messages, $"{{\"model\":\"gpt\",\"max_tokens\":64,\"messages\":[{{\"role\":\"user\",\"content\":[{document}{{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"plain\"}}}},{document}{{\"type\":\"content\",\"content\":\"said\"}}}},{{\"type\":\"text\",\"text\":\"go\"}}]}}]}}");

        const string title = "<document_title>T \"1\"</document_title>", context = "<document_context>c</document_context>";
        Assert.That(Sent()["messages"]![0]!["content"]!.AsArray().Select(part => part!["text"]!.GetValue<string>()), Is.EqualTo(new[] { title, context, "plain", title, context, "said", "go" }));
    }

    [TestCase(Mistral, Messages, "Good")]
    [TestCase(Mistral, ChatCompletions, "Good")]
    [TestCase("claude", ChatCompletions, "Good")]
    [TestCase("claude", MistralChats, "Good")]
    public async Task An_answer_that_is_begun_goes_on_and_is_heard_as_its_protocol_has_it(string model, string path, string begun)
    {
        foreach (var stream in new[] { "", "\"stream\":true," })
        {
            var ask = $"{{\"model\":\"{model}\",\"max_tokens\":64,{stream}\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}},{{\"role\":\"assistant\",\"content\":\"G\\u006fod\"}}]}}";
            var text = await TextAsync(path, ask, isStream: stream.Length > 0);
            Assert.That(text, Is.Not.Empty);
            Assert.That(text.StartsWith(begun, StringComparison.Ordinal), Is.EqualTo(path == MistralChats), text);
        }

        var last = JsonNode.Parse(simulator.Requests.Items[0].Body.Span)!["messages"]!.AsArray()[^1]!;
        Assert.That((last["role"]!.GetValue<string>(), last["prefix"]?.GetValue<bool>() ?? false), Is.EqualTo(("assistant", model == Mistral)));
    }

    [Test]
    public async Task An_answer_that_is_begun_is_refused_where_nothing_goes_on_with_it()
    {
        const string begun = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"Good\"}]}";
        Assert.That(await RefusalAsync(Messages, "{\"model\":\"gpt\",\"max_tokens\":64," + begun), Does.Contain("loses prefill"), "OpenAI would answer anew");

        await EnforceAsync((model, _) => model.Unsupported.Add(Parameter.Prefill));

        Assert.That(await RefusalAsync(ChatCompletions, "{\"model\":\"claude\"," + begun), Does.Contain("claude takes no prefill (unsupported"));
    }

    [Test]
    public async Task Why_a_model_declines_is_told_by_both_protocols([Values] bool streams)
    {
        const string ask = "\"messages\":[{\"role\":\"user\",\"content\":\"ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL\"}]}";
        if (streams)
        {
            var end = Events(await StreamAsync(Messages, "{\"model\":\"gpt\",\"max_tokens\":64,\"stream\":true," + ask)).Single(data => data["type"]!.GetValue<string>() == "message_delta");
            Assert.That(end["delta"]!["stop_details"]!.ToJsonString(), Is.EqualTo("{\"type\":\"refusal\",\"category\":null,\"explanation\":\"I\\u0027m sorry, but I can\\u0027t help with that.\"}"));
            var refusal = Events(await StreamAsync(ChatCompletions, "{\"model\":\"claude\",\"stream\":true," + ask)).Select(chunk => chunk["choices"]![0]!["delta"]!["refusal"]?.GetValue<string>()).OfType<string>();
            Assert.That(string.Concat(refusal), Is.Not.Empty);
        }
        else
        {
            Assert.That((await AnswerAsync(Messages, "{\"model\":\"gpt\",\"max_tokens\":64," + ask))["stop_details"]!["explanation"]!.GetValue<string>(), Does.StartWith("I'm sorry"));
            Assert.That((await AnswerAsync(ChatCompletions, "{\"model\":\"claude\"," + ask))["choices"]![0]!["message"]!["refusal"]!.GetValue<string>(), Is.Not.Empty);
        }
    }

    [Test]
    public async Task Who_does_not_decline_has_no_details_of_it() =>
        Assert.That((await AnswerAsync(Messages, "{\"model\":\"gpt\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")).AsObject(), Does.ContainKey("stop_details").WithValue(null));

    private static string Asking(string model, string content, string fields = "") => $"{{\"model\":\"{model}\",{fields}{(fields.Length > 0 ? "," : "")}\"messages\":[{{\"role\":\"user\",\"content\":{content}}}]}}";

    private async Task<string> RefusalAsync(string path, string body)
    {
        using var response = await SendAsync(path, body);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var error = answer["error"] ?? answer;
        Assert.That(((int)response.StatusCode, error["code"]?.GetValue<string>()), Is.EqualTo((400, "unsupported_feature")), answer.ToJsonString());
        Assert.That(simulator.Requests.Items, Is.Empty, "nobody is asked");
        return error["message"]!.GetValue<string>();
    }

    private async Task<string> TextAsync(string path, string body, bool isStream)
    {
        if (isStream)
        {
            var stream = await StreamAsync(path, body);
            return (path == Messages ? Hearing.OfMessages(stream) : path == MistralChats ? Hearing.OfMistral(stream) : Hearing.OfChat(stream)).Said.Single().Content;
        }

        var answer = await AnswerAsync(path, body);
        return (path == Messages ? answer["content"]![0]!["text"] : answer["choices"]![0]!["message"]!["content"])!.GetValue<string>();
    }
}
