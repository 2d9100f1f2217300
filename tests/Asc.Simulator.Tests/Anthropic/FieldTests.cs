using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Anthropic;

/// <summary>What is wrong with fields by themselves.</summary>
public sealed class FieldTests : AnthropicTest
{
    [TestCase("model", "null", "model: Input should be a valid string")]
    [TestCase("max_tokens", "\"9\"", "max_tokens: Input should be a valid integer")]
    [TestCase("max_tokens", "1.5", "max_tokens: Input should be a valid integer")]
    [TestCase("max_tokens", "-1", "max_tokens: Input should be greater than or equal to 0")]
    [TestCase("max_tokens", "64001", "max_tokens: 64001 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5")]
    [TestCase("messages", "\"hi\"", "messages: Input should be a valid list")]
    [TestCase("messages", "[]", "messages: at least one message is required")]
    [TestCase("messages", "[1]", "messages.0: Input should be a valid dictionary")]
    [TestCase("messages", """[{"content":"hi"}]""", "messages.0.role: Field required")]
    [TestCase("messages", """[{"role":"user"}]""", "messages.0.content: Field required")]
    [TestCase("messages", """[{"role":"tool","content":"hi"}]""", "messages.0.role: Input should be 'user', 'assistant' or 'system'")]
    [TestCase("messages", """[{"role":"user","content":5}]""", "messages.0.content: Input should be a valid list")]
    [TestCase("messages", """[{"role":"user","content":"hi","name":"bob"}]""", "messages.0.name: Extra inputs are not permitted")]
    [TestCase("temperature", "1.1", "temperature: range: 0..1")]
    [TestCase("temperature", "-0.1", "temperature: range: 0..1")]
    [TestCase("top_p", "2", "top_p: range: 0..1")]
    [TestCase("top_k", "-1", "top_k: Input should be greater than or equal to 0")]
    [TestCase("stream", "\"yes\"", "stream: Input should be a valid boolean")]
    [TestCase("stop_sequences", "\"a\"", "stop_sequences: Input should be a valid list")]
    [TestCase("stop_sequences", """["a"," \n"]""", "stop_sequences: each stop sequence must contain non-whitespace")]
    [TestCase("service_tier", "\"flex\"", "service_tier: Input should be 'auto' or 'standard_only'")]
    [TestCase("inference_geo", "\"eu\"", "inference_geo: Input should be 'global' or 'us'")]
    [TestCase("metadata", """{"user_id":5}""", "metadata.user_id: Input should be a valid string")]
    [TestCase("metadata", """{"team":"x"}""", "metadata.team: Extra inputs are not permitted")]
    [TestCase("system", "5", "system: Input should be a valid list")]
    [TestCase("system", """[{"type":"text","text":""}]""", "system: text content blocks must be non-empty")]
    [TestCase("system", """[{"type":"image","source":{}}]""", "system.0: Input tag 'image' found using 'type' does not match any of the expected tags: 'text'")]
    [TestCase("thinking", """{"type":"on"}""", "thinking: Input tag 'on' found using 'type' does not match any of the expected tags: 'adaptive', 'between_tools', 'disabled', 'enabled'")]
    [TestCase("thinking", """{"type":"enabled"}""", "thinking.enabled.budget_tokens: Field required")]
    [TestCase("thinking", """{"type":"enabled","budget_tokens":1023}""", "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024")]
    [TestCase("thinking", """{"type":"disabled","budget_tokens":2000}""", "thinking.disabled.budget_tokens: Extra inputs are not permitted")]
    [TestCase("output_config", """{"effort":"heroic"}""", "output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'")]
    [TestCase("output_config", """{"format":{"type":"json_object"}}""", "output_config.format: Input tag 'json_object' found using 'type'")]
    [TestCase("output_config", """{"format":{"type":"json_schema"}}""", "output_config.format.schema: Field required")]
    [TestCase("cache_control", """{"type":"forever"}""", "cache_control: Input tag 'forever' found using 'type'")]
    [TestCase("cache_control", """{"type":"ephemeral","ttl":"2h"}""", "cache_control.ephemeral.ttl: Input should be '5m' or '1h'")]
    [TestCase("temprature", "1", "temprature: Extra inputs are not permitted")]
    [TestCase("max_completion_tokens", "10", "max_completion_tokens: Extra inputs are not permitted")]
    [TestCase("stop", "\"x\"", "stop: Extra inputs are not permitted")]
    [TestCase("context_management", "{}", "context_management: Extra inputs are not permitted")]
    public async Task A_bad_field_is_refused_by_its_path(string field, string value, string message)
    {
        var request = Ask();
        request[field] = JsonNode.Parse(value);

        await AssertRefusedAsync(request, message);
    }

    [TestCase("model")]
    [TestCase("messages")]
    [TestCase("max_tokens")]
    public async Task A_missing_field_is_refused(string field)
    {
        var request = Ask();
        request.Remove(field);

        await AssertRefusedAsync(request, $"{field}: Field required");
    }

    [Test]
    public async Task A_user_id_has_at_most_256_characters()
    {
        var request = Ask();
        request["metadata"] = new JsonObject { ["user_id"] = new string('u', 257) };

        await AssertRefusedAsync(request, "metadata.user_id: String should have at most 256 characters");
    }

    [TestCase("temperature", "1")]
    [TestCase("top_p", "0.9")]
    [TestCase("top_k", "5")]
    public async Task The_second_version_has_no_sampling_parameters_whatever_their_value(string field, string value)
    {
        var request = Ask();
        request[field] = JsonNode.Parse(value);

        await AssertRefusedAsync(request, $"{field}: Extra inputs are not permitted", SecondVersion);
        await SaidAsync(request, FirstVersion);
    }

    [Test]
    public async Task Null_means_absent()
    {
        var request = Ask();
        foreach (var field in new[] { "temperature", "stop_sequences", "tools", "tool_choice", "thinking", "system", "output_config", "metadata", "stream" })
        {
            request[field] = null;
        }

        await SaidAsync(request);
    }

    [Test]
    public async Task Everything_that_there_is_is_taken_where_it_may_be()
    {
        var request = Ask(model: Recent);
        request["system"] = JsonNode.Parse("""[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral","ttl":"1h"}}]""");
        request["metadata"] = JsonNode.Parse("""{"user_id":"u"}""");
        request["output_config"] = JsonNode.Parse("""{"effort":"low"}""");
        request["service_tier"] = "auto";
        request["speed"] = "fast";
        request["inference_geo"] = "us";
        request["stop_sequences"] = new JsonArray("never");
        request["thinking"] = JsonNode.Parse("""{"type":"adaptive","display":"summarized"}""");
        request["tools"] = JsonNode.Parse("""[{"type":"custom","name":"t","description":"d","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}},{"type":"web_search_20250305","name":"web_search"}]""");
        request["tool_choice"] = JsonNode.Parse("""{"type":"auto","disable_parallel_tool_use":true}""");
        request["tools"]!.AsArray()[0]!["cache_control"]!["ttl"] = "1h";

        var answer = await SaidAsync(request, SecondVersion);

        var usage = answer.GetProperty("usage");
        Assert.That((usage.GetProperty("inference_geo").GetString(), usage.GetProperty("speed").GetString()), Is.EqualTo(("us", "fast")));
    }

    [Test]
    public async Task A_body_of_more_than_32_megabytes_is_too_large() =>
        await AssertRefusedAsync(Ask(new string('x', 33 * 1024 * 1024)), "Request exceeds the maximum", status: 413, type: "request_too_large");

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    public async Task A_body_that_is_no_json_object_is_refused(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "eu/anthropic/v1/messages");
        request.Headers.Add("anthropic-version", FirstVersion);
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request, Timeout);

        Assert.That((await ReadAsync(response)).GetProperty("error").GetProperty("message").GetString(), Is.EqualTo("The request body is not valid JSON"));
    }
}
