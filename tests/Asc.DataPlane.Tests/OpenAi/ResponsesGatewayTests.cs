using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Tests.Translation;
using Asc.Simulator.Faults;

namespace Asc.DataPlane.Tests.OpenAi;

/// <summary>OpenAI's responses at a node: from OpenAI itself, and from Claude.</summary>
[TestFixture]
internal sealed class ResponsesGatewayTests : TranslationFixture
{
    private const string Responses = "/v1/responses";

    [TestCase("{\"model\":\"gpt\",\"input\":\"hi\"}", "{\"model\":\"gpt-5-mini-2025-08-07\",\"input\":\"hi\",\"store\":false}", TestName = "Nothing is kept where nothing is said of it")]
    [TestCase("{\"store\": null, \"model\":\"gpt\",\"input\":\"hi\"}", "{\"store\": false, \"model\":\"gpt-5-mini-2025-08-07\",\"input\":\"hi\"}", TestName = "Nor where null is said")]
    [TestCase("{\"store\":false,\"model\":\"gpt\",\"input\" : \"h\\u0069\"}", "{\"store\":false,\"model\":\"gpt-5-mini-2025-08-07\",\"input\" : \"h\\u0069\"}", TestName = "Else the bytes are the caller's")]
    public async Task OpenAI_sees(string sent, string seen)
    {
        var answer = await AnswerAsync(Responses, sent);

        Assert.That(Encoding.UTF8.GetString(simulator.Requests.Items.Single().Body.Span), Is.EqualTo(seen));
        Assert.That((answer["object"]!.GetValue<string>(), answer["status"]!.GetValue<string>()), Is.EqualTo(("response", "completed")));
        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That((record.Endpoint, record.Outcome, (long)record.Usage.Input, (long)record.Usage.Output, record.Usage.Estimated), Is.EqualTo(("POST /v1/responses", Outcome.Ok, billed.InputTokens, billed.OutputTokens, false)));
    }

    [TestCase("", "{\"model\":\"gpt-5-mini-2025-08-07\",\"input\":\"hi\",\"store\":false,\"include\":[\"reasoning.encrypted_content\"]}", TestName = "Thoughts that nobody keeps come with the answer")]
    [TestCase("\"include\":[],", "{\"model\":\"gpt-5-mini-2025-08-07\",\"include\":[\"reasoning.encrypted_content\"],\"input\":\"hi\",\"store\":false}", TestName = "Beside what its client says")]
    [TestCase("\"store\":false,", "{\"model\":\"gpt-5-mini-2025-08-07\",\"store\":false,\"input\":\"hi\"}", TestName = "Unless it says itself that nobody keeps them")]
    public async Task Of_a_model_that_thinks(string fields, string seen)
    {
        await EnforceAsync(static (model, _) => model.Reasoning = new() { Efforts = { Effort.Low, Effort.High } });
        await AnswerAsync(Responses, $"{{\"model\":\"gpt\",{fields}\"input\":\"hi\"}}");
        Assert.That(Encoding.UTF8.GetString(simulator.Requests.Items.Single().Body.Span), Is.EqualTo(seen));
    }

    [Test]
    public async Task What_was_thought_before_a_call_comes_back_with_what_the_tool_answered()
    {
        await EnforceAsync(static (model, _) => model.Reasoning = new() { Efforts = { Effort.Low, Effort.High } });
        const string asked = "\"model\":\"gpt\",\"reasoning\":{\"effort\":\"high\"},\"tools\":[{\"type\":\"function\",\"name\":\"get_time\",\"parameters\":{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false},\"strict\":true}],\"input\":";
        var hi = JsonNode.Parse("{\"role\":\"user\",\"content\":\"use get_time\"}");
        var first = (await AnswerAsync(Responses, $"{{{asked}[{hi!.ToJsonString()}]}}"))["output"]!.AsArray();
        var call = first.Single(static item => item!["type"]!.GetValue<string>() == "function_call")!;
        var items = string.Join(',', first.Select(static item => item!.ToJsonString()));

        var second = await AnswerAsync(Responses, $"{{{asked}[{hi.ToJsonString()},{items},{{\"type\":\"function_call_output\",\"call_id\":\"{call["call_id"]!.GetValue<string>()}\",\"output\":\"noon\"}}]}}");
        Assert.That((first[0]!["type"]!.GetValue<string>(), second["status"]!.GetValue<string>()), Is.EqualTo(("reasoning", "completed")));
    }

    [Test]
    public async Task A_tenants_bound_is_told_in_the_responses_own_words()
    {
        await EnforceAsync((_, tenant) => tenant.Limits = new() { MaxOutputTokens = 99 });
        await AnswerAsync(Responses, "{\"model\":\"gpt\",\"input\":\"hi\",\"max_output_tokens\":null}");
        Assert.That(Sent()["max_output_tokens"]!.GetValue<int>(), Is.EqualTo(99));
    }

    [Test]
    public async Task A_stream_comes_event_by_event_and_its_usage_is_counted()
    {
        var heard = Hearing.OfResponses(await StreamAsync(Responses, "{\"model\":\"gpt\",\"input\":\"hi\",\"stream\":true}"));
        Assert.That((heard.Said.Single().Content, heard.Reason), Is.EqualTo((heard.Said.Single().Content, "completed")));
        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That(((long)record.Usage.Output, record.Usage.Estimated), Is.EqualTo((billed.OutputTokens, false)));
    }

    [Test]
    public async Task A_stream_that_breaks_ends_with_an_error_and_then_as_a_failed_response([Values("gpt", "claude")] string model, [Values(FaultKind.Cut, FaultKind.Error)] FaultKind kind)
    {
        simulator.SetFaults(new Fault { Kind = kind, Status = kind == FaultKind.Error ? 500 : 0, AfterChunks = 7 });
        using var response = await SendAsync(Responses, $"{{\"model\":\"{model}\",\"input\":\"hi\",\"stream\":true}}", HttpCompletionOption.ResponseHeadersRead);
        var stream = await ReadAllAsync(response);

        var events = Events(stream);
        Assert.That(events.Select(one => one["sequence_number"]!.GetValue<int>()), Is.EqualTo(Enumerable.Range(0, events.Count)));
        Assert.That(stream, Does.Contain("event: error\ndata: {\"type\":\"error\"").And.Contain("event: response.failed\ndata: {\"type\":\"response.failed\""));
        var (error, failed) = (events[^2]["error"]!, events[^1]["response"]!);
        Assert.That((error["code"]!.GetValue<string>(), error["type"]!.GetValue<string>()), Is.EqualTo(("provider_error", "server_error")));
        Assert.That((failed["status"]!.GetValue<string>(), failed["error"]!["code"]!.GetValue<string>()), Is.EqualTo(("failed", "provider_error")));
        Assert.That(failed["error"]!["message"]!.GetValue<string>(), Is.EqualTo(error["message"]!.GetValue<string>()).And.Contains("in the middle of the answer"));
        Assert.That(failed["id"]!.GetValue<string>(), Is.EqualTo(events[0]["response"]!["id"]!.GetValue<string>()), "it is the response that had begun");
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Code, Header(response, "x-asc-request-id")), Is.EqualTo((Outcome.Failed, "provider_error", record.Id)));
    }

    [TestCase("\"previous_response_id\":\"resp_1\"", "previous_response_id")]
    [TestCase("\"conversation\":\"conv_1\"", "conversation")]
    [TestCase("\"background\":true", "background")]
    [TestCase("\"store\":true", "store")]
    [TestCase("\"prompt\":{\"id\":\"p\"}", "prompt")]
    [TestCase("\"service_tier\":\"priority\"", "service_tier")]
    [TestCase("\"tools\":[{\"type\":\"web_search\"}]", "tools[0].type")]
    [TestCase("\"tools\":[{\"type\":\"mcp\",\"server_label\":\"s\",\"server_url\":\"https://x\"}]", "tools[0].type")]
    [TestCase("\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]", "input[0].type")]
    [TestCase("\"input\":[{\"id\":\"msg_1\"}]", "input[0]")]
    [TestCase("\"input\":[{\"type\":null,\"id\":\"msg_1\"}]", "input[0]")]
    [TestCase("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\",\"prompt_cache_breakpoint\":{\"mode\":\"explicit\",\"ttl\":\"12h\"}}]}]", "input[0].content[0].prompt_cache_breakpoint")]
    [TestCase("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_video\",\"video_url\":\"https://x/a.mp4\"}]}]", "input[0].content[0].video_url")]
    [TestCase("\"input\":[{\"type\":\"computer_call_output\",\"call_id\":\"c\",\"output\":{\"type\":\"computer_screenshot\",\"image_url\":\"https://x/a.png\"}}]", "input[0].type")]
    [TestCase("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"https://x/a.png\"}]}]", "input[0].content[0].image_url")]
    [TestCase("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"f\"}]}]", "input[0].content[0].file_id")]
    [TestCase("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_url\":\"https://x/a.pdf\"}]}]", "input[0].content[0].file_url")]
    public async Task What_makes_the_provider_act_keep_or_fetch_is_refused(string field, string parameter)
    {
        var input = field.Contains("\"input\"", StringComparison.Ordinal) ? "" : "\"input\":\"hi\",";
        using var response = await SendAsync(Responses, $"{{\"model\":\"gpt\",{input}{field}}}");
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>(), error["param"]!.GetValue<string>()), Is.EqualTo((400, "unsupported_feature", parameter)), error.ToJsonString());
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    // What a provider has made of a long conversation comes along, sealed, as what it thought does.
    [TestCase("gpt", 200)]
    [TestCase("claude", 400)]
    public async Task A_conversation_that_its_provider_has_shortened_goes_on_there(string model, int status)
    {
        using var response = await SendAsync(Responses, $"{{\"model\":\"{model}\",\"input\":[{{\"type\":\"compaction\",\"id\":\"cmp_1\",\"encrypted_content\":\"abc\"}},{{\"role\":\"user\",\"content\":\"hi\"}}]}}");
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), text);
        Assert.That(text, status == 200 ? Does.Contain("\"completed\"") : Does.Contain("provider-content").And.Contain("input[0].type"));
    }

    [TestCase("{\"input\":\"x\"}", "model")]
    [TestCase("{\"model\":\"gpt\"}", "input")]
    [TestCase("{\"model\":\"gpt\",\"input\":1}", "input")]
    [TestCase("{\"model\":\"gpt\",\"input\":\"x\",\"max_output_tokens\":0}", "max_output_tokens")]
    public async Task What_is_no_request_is_told_with_its_place(string body, string parameter)
    {
        using var response = await SendAsync(Responses, body);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["param"]!.GetValue<string>()), Is.EqualTo((400, parameter)));
    }

    [Test]
    public async Task Claude_answers_with_a_response([Values] bool streams)
    {
        const string ask = "{\"model\":\"claude\",\"instructions\":\"Be kind\",\"input\":\"both in parallel\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}},{\"type\":\"function\",\"name\":\"g\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}]";
        var names = streams
            ? Hearing.OfResponses(await StreamAsync(Responses, ask + ",\"stream\":true}")).Said.Select(said => said.Name)
            : (await AnswerAsync(Responses, ask + "}"))["output"]!.AsArray().Where(item => item!["type"]!.GetValue<string>() == "function_call").Select(item => item!["name"]!.GetValue<string>());
        Assert.That(names.OfType<string>(), Is.EqualTo(new[] { "f", "g" }));
        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That((record.Provider, (long)record.Usage.Output), Is.EqualTo(("p-claude", billed.OutputTokens)));
    }

    [TestCase("\"max_output_tokens\":3", "incomplete", "max_output_tokens")]
    [TestCase("\"max_output_tokens\":300", "completed", null)]
    public async Task How_Claude_ended_is_told(string field, string status, string? reason)
    {
        var answer = await AnswerAsync(Responses, $"{{\"model\":\"claude\",\"input\":\"hi\",{field}}}");
        Assert.That((answer["status"]!.GetValue<string>(), answer["incomplete_details"]?["reason"]?.GetValue<string>()), Is.EqualTo((status, reason)));
    }
}
