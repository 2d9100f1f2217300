using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests;

public sealed class StrictnessTests : SimulatorTest
{
    private const string Weather = """[{"type":"function","function":{"name":"weather"}}]""";
    private const string Call = """{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":""}}]}""";
    private const string User = """{"role":"user","content":"hi"}""";

    [TestCase("model", "null", "model", "missing_required_parameter")]
    [TestCase("model", "5", "model", "invalid_type")]
    [TestCase("messages", "null", "messages", "missing_required_parameter")]
    [TestCase("messages", "[]", "messages", "empty_array")]
    [TestCase("messages", "\"hi\"", "messages", "invalid_type")]
    [TestCase("messages", "[1]", "messages[0]", "invalid_type")]
    [TestCase("messages", """[{"content":"hi"}]""", "messages[0].role", "missing_required_parameter")]
    [TestCase("messages", """[{"role":"robot","content":"hi"}]""", "messages[0].role", "invalid_value")]
    [TestCase("messages", """[{"role":"user"}]""", "messages[0].content", "missing_required_parameter")]
    [TestCase("messages", """[{"role":"user","content":5}]""", "messages[0].content", "invalid_type")]
    [TestCase("messages", """[{"role":"user","content":[]}]""", "messages[0].content", "empty_array")]
    [TestCase("messages", """[{"role":"user","content":[{"type":"video"}]}]""", "messages[0].content[0].type", "invalid_value")]
    [TestCase("messages", """[{"role":"user","content":[{"type":"image_url","image_url":{}}]}]""", "messages[0].content[0].image_url.url", "missing_required_parameter")]
    [TestCase("messages", """[{"role":"system","content":[{"type":"image_url","image_url":{"url":"x"}}]}]""", "messages[0].content[0].type", "invalid_value")]
    [TestCase("messages", "[" + User + """,{"role":"tool","tool_call_id":"c1","content":"x"}]""", "messages.[1].role", null)]
    [TestCase("messages", "[" + User + "," + Call + "," + User + "]", "messages.[2].role", null)]
    [TestCase("messages", "[" + User + "," + Call + "]", "messages.[2].role", null)]
    [TestCase("messages", "[" + User + "," + Call + """,{"role":"tool","content":"x"}]""", "messages[2].tool_call_id", "missing_required_parameter")]
    [TestCase("temperature", "2.1", "temperature", "decimal_above_max_value")]
    [TestCase("temperature", "-0.1", "temperature", "decimal_below_min_value")]
    [TestCase("temperature", "\"1\"", "temperature", "invalid_type")]
    [TestCase("top_p", "1.5", "top_p", "decimal_above_max_value")]
    [TestCase("n", "0", "n", "integer_below_min_value")]
    [TestCase("n", "129", "n", "integer_above_max_value")]
    [TestCase("n", "1.5", "n", "invalid_type")]
    [TestCase("stop", """["a","b","c","d","e"]""", "stop", "array_above_max_length")]
    [TestCase("stop", "[1]", "stop[0]", "invalid_type")]
    [TestCase("stop", "1", "stop", "invalid_type")]
    [TestCase("max_completion_tokens", "0", "max_completion_tokens", "integer_below_min_value")]
    [TestCase("max_tokens", "10", "max_tokens", "unsupported_parameter")]
    [TestCase("stream", "\"yes\"", "stream", "invalid_type")]
    [TestCase("stream_options", """{"include_usage":true}""", "stream_options", "invalid_parameter_combination")]
    [TestCase("tools", "[]", "tools", "empty_array")]
    [TestCase("tools", """[{"type":"plugin"}]""", "tools[0].type", "invalid_value")]
    [TestCase("tools", """[{"type":"function"}]""", "tools[0].function", "missing_required_parameter")]
    [TestCase("tools", """[{"type":"function","function":{"name":"not a name"}}]""", "tools[0].function.name", "invalid_value")]
    [TestCase("tools", """[{"type":"function","function":{"name":"f","parameters":[]}}]""", "tools[0].function.parameters", "invalid_type")]
    [TestCase("tool_choice", "\"auto\"", "tool_choice", "invalid_parameter_combination")]
    [TestCase("response_format", """{"type":"xml"}""", "response_format.type", "invalid_value")]
    [TestCase("response_format", """{"type":"json_schema","json_schema":{"schema":{}}}""", "response_format.json_schema.name", "missing_required_parameter")]
    [TestCase("response_format", """{"type":"json_object"}""", "messages", null)]
    [TestCase("reasoning_effort", "\"heroic\"", "reasoning_effort", "invalid_value")]
    [TestCase("temprature", "1", "temprature", "unknown_parameter")]
    [TestCase("max_output_tokens", "1", "max_output_tokens", "unknown_parameter")]
    public async Task A_bad_parameter_is_refused_by_name(string parameter, string value, string param, string? code)
    {
        var request = Chat();
        request[parameter] = JsonNode.Parse(value);

        await AssertRefusedAsync(request, HttpStatusCode.BadRequest, param, code);
    }

    [TestCase("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", "In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'a'.")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", "In context=(), 'additionalProperties' is required to be supplied and to be false.")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"object"}}},"required":["a"],"additionalProperties":false}""", "In context=('properties', 'a', 'items'), 'additionalProperties' is required to be supplied and to be false.")]
    [TestCase("""{"type":"array","items":{"type":"string"}}""", "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"array\"'.")]
    [TestCase("{}", "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"None\"'.")]
    public async Task What_is_to_be_kept_to_strictly_is_closed_and_requires_everything(string schema, string fault)
    {
        await AskAsync("response_format", """{"type":"json_schema","json_schema":{"name":"n","strict":STRICT,"schema":SCHEMA}}""", "response_format", null, $"Invalid schema for response_format 'n': {fault}");
        await AskAsync("tools", """[{"type":"function","function":{"name":"f","strict":STRICT,"parameters":SCHEMA}}]""", "tools[0].function.parameters", "invalid_function_parameters", $"Invalid schema for function 'f': {fault}");

        async Task AskAsync(string parameter, string value, string param, string? code, string message)
        {
            var request = Chat();
            request[parameter] = JsonNode.Parse(value.Replace("SCHEMA", schema).Replace("STRICT", "true"));
            await AssertRefusedAsync(request, HttpStatusCode.BadRequest, param, code, message);

            request[parameter] = JsonNode.Parse(value.Replace("SCHEMA", schema).Replace("STRICT", "false"));
            using var response = await PostAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        }
    }

    [TestCase("\"sometimes\"", "tool_choice", "invalid_value")]
    [TestCase("""{"type":"function","function":{"name":"clock"}}""", "tool_choice", "invalid_value")]
    [TestCase("""{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"clock"}}]}}""", "tool_choice", "invalid_value")]
    [TestCase("""{"type":"function"}""", "tool_choice.function", "missing_required_parameter")]
    public async Task A_tool_choice_must_name_a_tool_that_exists(string choice, string param, string code)
    {
        var request = Chat();
        request["tools"] = JsonNode.Parse(Weather);
        request["tool_choice"] = JsonNode.Parse(choice);

        await AssertRefusedAsync(request, HttpStatusCode.BadRequest, param, code);
    }

    [TestCase("gpt-5-mini", "\"temperature\":0.5", "temperature", "unsupported_value")]
    [TestCase("gpt-6-sol", "\"top_p\":0.9", "top_p", "unsupported_value")]
    [TestCase("gpt-5-mini", "\"reasoning_effort\":\"none\"", "reasoning_effort", "unsupported_value")]
    [TestCase("gpt-5.4", "\"stop\":\"x\"", "stop", "unsupported_parameter")]
    [TestCase("gpt-5-mini", "\"logit_bias\":{\"1\":1}", "logit_bias", "unsupported_parameter")]
    [TestCase("gpt-5-mini", "\"temperature\":1,\"top_p\":1,\"stop\":[],\"logprobs\":false,\"presence_penalty\":0", null, null)]
    [TestCase("gpt-5.4", "\"temperature\":0.5", null, null)]
    [TestCase("gpt-4.1", "\"temperature\":0.5,\"stop\":\"x\"", null, null)]
    public async Task Models_that_think_are_told_nothing_of_sampling(string model, string fields, string? param, string? code)
    {
        var request = Chat();
        request["model"] = model;
        foreach (var (name, value) in JsonNode.Parse($"{{{fields}}}")!.AsObject())
        {
            request[name] = value?.DeepClone();
        }

        if (param is not null)
        {
            await AssertRefusedAsync(request, HttpStatusCode.BadRequest, param, code);
            return;
        }

        using var response = await PostAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
    }

    [TestCase("gpt-6.1-sol", null)]
    [TestCase("gpt-6.1-terra", "\"none\"")]
    [TestCase("gpt-6-astra", "\"low\"")]
    [TestCase("gpt-6-sol", null)]
    [TestCase("gpt-6-luna", "\"high\"")]
    [TestCase("gpt-5.6-terra", null)]
    [TestCase("gpt-5.4", "\"low\"")]
    public async Task Newer_models_that_think_take_no_function_tools_by_chat_completions(string model, string? effort) =>
        await AssertRefusedAsync(Calling(model, effort), HttpStatusCode.BadRequest, "reasoning_effort", null);

    [TestCase("gpt-6-sol", "\"none\"")]
    [TestCase("gpt-5.6-terra", "\"none\"")]
    [TestCase("gpt-5.4", null)]
    [TestCase("gpt-5-mini", "\"low\"")]
    [TestCase("gpt-4o", null)]
    public async Task Those_that_do_not_think_and_older_ones_take_them(string model, string? effort)
    {
        using var response = await PostAsync(Calling(model, effort));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static JsonObject Calling(string model, string? effort)
    {
        var request = Chat();
        (request["model"], request["tools"], request["reasoning_effort"]) = (model, JsonNode.Parse(Weather), effort is null ? null : JsonNode.Parse(effort));
        return request;
    }

    [Test]
    public async Task An_unknown_stream_option_is_refused()
    {
        var request = Chat();
        request["stream"] = true;
        request["stream_options"] = new JsonObject { ["include_usages"] = true };

        await AssertRefusedAsync(request, HttpStatusCode.BadRequest, "stream_options.include_usages", "unknown_parameter");
    }

    [Test]
    public async Task An_unknown_model_is_not_found()
    {
        var request = Chat();
        request["model"] = "gpt-99";

        await AssertRefusedAsync(request, HttpStatusCode.NotFound, null, "model_not_found");
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{\"model\":\"gpt-5-mini\",}")]
    public async Task A_body_that_is_no_json_object_is_refused(string body)
    {
        using var response = await PostAsync(body);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That((await ReadAsync(response)).GetProperty("error").GetProperty("message").GetString(), Does.Contain("JSON"));
        });
    }

    [Test]
    public async Task Another_content_type_is_refused()
    {
        using var content = new StringContent(Chat().ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        using var response = await Http.PostAsync("eu/openai/v1/chat/completions", content, Timeout);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [Test]
    public async Task Null_means_absent()
    {
        var request = Chat();
        foreach (var parameter in new[] { "stop", "temperature", "n", "tools", "tool_choice", "max_tokens", "stream_options", "response_format", "user" })
        {
            request[parameter] = null;
        }

        using var response = await PostAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task AssertRefusedAsync(JsonObject request, HttpStatusCode status, string? param, string? code, string message = "")
    {
        using var response = await PostAsync(request);
        var error = (await ReadAsync(response)).GetProperty("error");

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(status));
            Assert.That(error.GetProperty("type").GetString(), Is.EqualTo("invalid_request_error"));
            Assert.That(error.GetProperty("param").GetString(), Is.EqualTo(param));
            Assert.That(error.GetProperty("code").GetString(), Is.EqualTo(code));
            Assert.That(error.GetProperty("message").GetString(), Is.Not.Empty.And.EndsWith(message));
        });
    }
}
