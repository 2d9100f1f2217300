using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Simulator.Faults;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A response that another protocol's provider gives says what was asked for, as OpenAI's does (facts: 2.2), and doesn't say of anything that it was applied where it was not.</summary>
[TestFixture]
internal sealed class ResponseEchoTests : TranslationFixture
{
    private const string Responses = "/v1/responses";
    private const string Defaults =
        """
        {"background":false,"instructions":null,"max_output_tokens":null,"max_tool_calls":null,"metadata":{},"parallel_tool_calls":true,"previous_response_id":null,"prompt_cache_key":null,
        "reasoning":{"effort":null,"summary":null},"safety_identifier":null,"store":false,"temperature":1,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_logprobs":0,"top_p":1,
        "truncation":"disabled","user":null}
        """;

    // Over several lines, as people's own clients may write it.
    private const string Asked =
        """
        "instructions":"be k\u0069nd","metadata":{"a" :
        "b"},"parallel_tool_calls":false,"prompt_cache_key":"k","safety_identifier":"s","user":"u","service_tier":"default","max_output_tokens":500,
        "temperature":0.50,"tool_choice":{"type":"function","name":"get_time"},"tools":[
          {"type":"function","name":"get_time","strict":false,"parameters":{"type":"object","properties":{}}}
        ],"text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}},"verbosity":"medium"}
        """;

    [Test]
    public async Task Where_nothing_is_said_OpenAIs_defaults_are_told([Values("claude", "mistral-large-2512")] string model) =>
        AssertTold(await AnswerAsync(Responses, $"{{\"model\":\"{model}\",\"input\":\"hi\",\"metadata\":null,\"temperature\":null,\"text\":{{}},\"reasoning\":null}}"), Defaults);

    [Test]
    public async Task What_was_asked_is_told() => AssertTold(await AnswerAsync(Responses, $"{{\"model\":\"mistral-large-2512\",\"input\":\"hi\",{Asked}}}"), $"{{{Asked}}}".Replace("\"s\"", "null", StringComparison.Ordinal).Replace("\"u\"", "null", StringComparison.Ordinal));

    [Test]
    public async Task It_is_told_as_it_was_written()
    {
        using var response = await SendAsync(Responses, $"{{\"model\":\"claude\",\"input\":\"hi\",{Asked}}}");
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"instructions\":\"be k\\u0069nd\"").And.Contain("\"temperature\":0.50,"));
    }

    [TestCase(Asked, "completed")]
    [TestCase("\"instructions\":\"be kind\",\"max_output_tokens\":3,\"metadata\":{\r\n}", "incomplete")]
    public async Task A_streams_events_tell_the_same_each_in_one_line(string asked, string end)
    {
        var told = Events(await StreamAsync(Responses, $"{{\"model\":\"claude\",\"input\":\"hi\",\"stream\":true,{asked}}}")).Where(static one => one["response"] is not null).ToList();

        Assert.That(told.Select(static one => one["type"]!.GetValue<string>()), Is.EqualTo(new[] { "response.created", "response.in_progress", $"response.{end}" }));
        told.ForEach(one => AssertTold(one["response"]!, $"{{{asked}}}".Replace("\"k\"", "null", StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_response_that_fails_tells_it_too([Values("gpt", "claude")] string model)
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = 7 });
        // OpenAI's own response is as it was asked for; its reasoning models take no temperature.
        var own = model == "gpt" ? "\"truncation\":\"auto\",\"text\":{\"format\":{\"type\":\"text\"},\"verbosity\":\"low\"},\"reasoning\":{\"summary\":\"auto\"}" : "\"temperature\":\n0.5";
        var asked = "\"instructions\":\"be k\\u0069nd\",\"metadata\":{\"a\":\"b\"},\"max_output_tokens\":500," + own;
        using var response = await SendAsync(Responses, $"{{\"model\":\"{model}\",\"input\":\"hi\",\"stream\":true,{asked}}}", HttpCompletionOption.ResponseHeadersRead);

        var stream = await ReadAllAsync(response);
        Assert.That(stream, Does.Contain("event: response.failed"));
        var failed = Events(stream)[^1];
        Assert.That(failed["type"]!.GetValue<string>(), Is.EqualTo("response.failed"));
        AssertTold(failed["response"]!, $"{{{asked}}}".Replace("{\"summary\":\"auto\"}", "{\"effort\":null,\"summary\":\"auto\"}", StringComparison.Ordinal));
    }

    [TestCase("\"temperature\":0.5,\"top_p\":0.9", "\"temperature\":0.5,\"top_p\":null", Parameter.TopPWithTemperature, TestName = "top_p where the temperature is taken")]
    [TestCase("\"temperature\":1,\"top_p\":0.9", "\"temperature\":1,\"top_p\":0.9", Parameter.TopPWithTemperature, TestName = "top_p is taken alone")]
    [TestCase("\"temperature\":0.5,\"top_p\":0.9", "\"temperature\":null,\"top_p\":null", Parameter.Temperature, Parameter.TopP, TestName = "No sampling at all")]
    [TestCase("\"temperature\":1.5", "\"temperature\":1", TestName = "A temperature above the provider's")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"name\":\"get_time\"}],\"tool_choice\":\"required\"", "\"tools\":[{\"type\":\"function\",\"name\":\"get_time\"}],\"tool_choice\":\"auto\"", Parameter.ForcedTools, TestName = "A tool that must be called")]
    [TestCase("\"text\":{\"format\":{\"type\":\"json_object\"},\"verbosity\":\"low\"}", "\"text\":{\"format\":{\"type\":\"text\"}}", TestName = "Some JSON object and few words")]
    [TestCase("\"reasoning\":{\"effort\":\"high\",\"summary\":\"auto\"}", "\"reasoning\":{\"effort\":null,\"summary\":null}", TestName = "An effort that the model can't make")]
    [TestCase("\"truncation\":\"auto\",\"max_tool_calls\":3,\"top_logprobs\":5", "\"truncation\":\"disabled\",\"max_tool_calls\":null,\"top_logprobs\":0", TestName = "What nobody else has")]
    public async Task What_was_dropped_is_not_told_as_applied(string asked, string told, params object[] unsupported)
    {
        await EnforceAsync((model, tenant) =>
        {
            model.Unsupported.AddRange(unsupported.Cast<Parameter>());
            tenant.FeatureGaps = FeatureGaps.Drop;
        });

        AssertTold(await AnswerAsync(Responses, $"{{\"model\":\"claude\",\"input\":\"hi\",{asked}}}"), $"{{{told}}}");
    }

    [Test]
    public async Task The_effort_that_is_told_is_the_one_that_the_model_was_told()
    {
        await EnforceAsync(static (model, _) =>
        {
            model.Deployments[0].UpstreamModel = model.Deployments[0].UpstreamModel.Replace("claude-haiku-4-5", "claude-opus-5-5", StringComparison.Ordinal);
            model.Reasoning = new() { Efforts = { Effort.Low, Effort.Medium } };
        });
        AssertTold(await AnswerAsync(Responses, "{\"model\":\"claude\",\"input\":\"hi\",\"reasoning\":{\"effort\":\"high\"}}"), "{\"reasoning\":{\"effort\":\"medium\",\"summary\":null}}");
        Assert.That(Sent()["output_config"]!["effort"]!.GetValue<string>(), Is.EqualTo("medium"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Who_thinks_instead_of_sampling_is_not_told_to_have_sampled(bool byBudget)
    {
        await EnforceAsync((model, tenant) =>
        {
            model.Deployments[0].UpstreamModel = byBudget ? model.Deployments[0].UpstreamModel : model.Deployments[0].UpstreamModel.Replace("claude-haiku-4-5", "claude-opus-5-5", StringComparison.Ordinal);
            model.Reasoning = new() { Efforts = { Effort.Low, Effort.High }, ByBudget = byBudget };
            model.Unsupported.Add(Parameter.SamplingWithReasoning);
            tenant.FeatureGaps = FeatureGaps.Drop;
        });
        AssertTold(
            await AnswerAsync(Responses, "{\"model\":\"claude\",\"input\":\"hi\",\"reasoning\":{\"effort\":\"high\"},\"temperature\":0.5,\"top_p\":0.5}"), "{\"reasoning\":{\"effort\":\"high\",\"summary\":null},\"temperature\":null,\"top_p\":null}");
        Assert.That((Sent()["temperature"], Sent()["top_p"]), Is.EqualTo((default(JsonNode), default(JsonNode))));
    }

    [TestCase("claude-haiku-4-5", "none", "{\"type\":\"function\",\"name\":\"get_time\"}")]
    [TestCase("claude-opus-5-5", "high", "\"auto\"")]
    public async Task Who_is_forced_to_a_tool_is_not_told_to_have_thought(string upstream, string effort, string choice)
    {
        await EnforceAsync((model, tenant) =>
        {
            model.Deployments[0].UpstreamModel = model.Deployments[0].UpstreamModel.Replace("claude-haiku-4-5", upstream, StringComparison.Ordinal);
            model.Reasoning = new() { Efforts = { Effort.Low, Effort.High }, ByBudget = upstream == "claude-haiku-4-5" };
            tenant.FeatureGaps = FeatureGaps.Drop;
        });
        AssertTold(
            await AnswerAsync(Responses, "{\"model\":\"claude\",\"input\":\"hi\",\"reasoning\":{\"effort\":\"high\"},\"tools\":[{\"type\":\"function\",\"name\":\"get_time\"}],\"tool_choice\":{\"type\":\"function\",\"name\":\"get_time\"}}"),
            $"{{\"reasoning\":{{\"effort\":\"{effort}\",\"summary\":null}},\"tool_choice\":{choice}}}");
        Assert.That((Sent()["thinking"]?["type"]?.GetValue<string>(), Sent()["tool_choice"]!["type"]!.GetValue<string>()), Is.EqualTo(effort == "high" ? ("adaptive", "auto") : (default(string), "tool")));
    }

    [Test]
    public async Task A_tenants_own_bound_is_told()
    {
        await EnforceAsync(static (_, tenant) => tenant.Limits = new() { MaxOutputTokens = 99 });
        AssertTold(await AnswerAsync(Responses, "{\"model\":\"claude\",\"input\":\"hi\"}"), "{\"max_output_tokens\":99}");
    }

    [Test]
    public async Task What_was_being_said_when_it_was_long_enough_is_incomplete([Values] bool streams)
    {
        var ask = $"{{\"model\":\"claude\",\"input\":\"hi\",\"max_output_tokens\":3{(streams ? ",\"stream\":true" : "")}}}";
        var response = streams ? Events(await StreamAsync(Responses, ask))[^1]["response"]! : await AnswerAsync(Responses, ask);
        Assert.That((response["status"]!.GetValue<string>(), response["output"]![0]!["status"]!.GetValue<string>()), Is.EqualTo(("incomplete", "incomplete")));
    }

    private static void AssertTold(JsonNode response, string expected)
    {
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            Assert.That(response.AsObject().ContainsKey(name), name);
            Assert.That(response[name]?.ToJsonString(), Is.EqualTo(value?.ToJsonString()), name);
        }
    }
}
