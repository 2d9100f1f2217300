using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Mistral;

/// <summary>What the framework refuses before anybody looks at what it means: 422.</summary>
public sealed class ShapeTests : MistralTest
{
    [TestCase("max_completion_tokens", "5")]
    [TestCase("stream_options", """{"include_usage":true}""")]
    [TestCase("user", "\"u\"")]
    [TestCase("store", "false")]
    [TestCase("seed", "1")]
    [TestCase("logprobs", "true")]
    [TestCase("logit_bias", "{}")]
    [TestCase("verbosity", "\"low\"")]
    [TestCase("top_k", "1")]
    [TestCase("store", "null")]
    public Task A_field_of_another_protocol_is_forbidden(string name, string value) =>
        AssertMalformedAsync(With(name, value), $"body.{name}:extra_forbidden");

    [TestCase("""[{"role":"user","content":"a","name":"bob"}]""", "body.messages.0.user.name:extra_forbidden")]
    [TestCase("""[{"role":"user","content":[{"type":"text","text":"a","cache_control":{}}]}]""", "body.messages.0.user.content.list[ContentChunk].0.text.cache_control:extra_forbidden")]
    [TestCase("""[{"role":"assistant","content":"a","prefix":true,"refusal":null}]""", "body.messages.0.assistant.refusal:extra_forbidden")]
    [TestCase("""[{"role":"assistant","content":"a","prefix":true,"reasoning_content":"r","metadata":{}}]""", "body.messages.0.assistant.reasoning_content:extra_forbidden body.messages.0.assistant.metadata:extra_forbidden")]
    [TestCase("""[{"role":"assistant","tool_calls":[{"id":"abcdefghi","type":"function","function":{"name":"f","arguments":"{}","x":1}}]}]""", "body.messages.0.assistant.tool_calls.0.function.x:extra_forbidden")]
    [TestCase("""[{"role":"developer","content":"a"}]""", "body.messages.0:union_tag_invalid")]
    [TestCase("""[{"role":"user"}]""", "body.messages.0.user.content:missing")]
    [TestCase("""[{"content":"a"}]""", "body.messages.0:union_tag_not_found")]
    [TestCase("""[{"role":"system","content":[{"type":"image_url","image_url":"u"}]}]""", "body.messages.0.system.content.list[ContentChunk].0:union_tag_invalid")]
    [TestCase("""["hello"]""", "body.messages.0:model_attributes_type")]
    public Task A_message_has_the_fields_of_its_role_and_no_others(string messages, string problems) => AssertMalformedAsync(Converse(messages), problems);

    [TestCase("tools", "[]", "body.tools:too_short")]
    [TestCase("tools", """[{"type":"function","function":{"name":"f"}}]""", "body.tools.0.function.parameters:missing")]
    [TestCase("tools", """[{"type":"function","function":{"name":"f","parameters":{}},"cache_control":{}}]""", "body.tools.0.cache_control:extra_forbidden")]
    [TestCase("tools", """[{"type":"custom","custom":{"name":"f"}}]""", "body.tools.0.function:missing body.tools.0.type:literal_error body.tools.0.custom:extra_forbidden")]
    [TestCase("tool_choice", "\"must\"", "body.tool_choice.ToolChoiceEnum:literal_error")]
    [TestCase("tool_choice", """{"type":"allowed_tools"}""", "body.tool_choice.ToolChoice.function:missing body.tool_choice.ToolChoice.type:literal_error")]
    [TestCase("response_format", """{"type":"json_schema","json_schema":{"name":"n","strict":true}}""", "body.response_format.json_schema.schema:missing")]
    [TestCase("response_format", "null", "body.response_format:model_attributes_type")]
    [TestCase("reasoning_effort", "\"max\"", "body.reasoning_effort:literal_error")]
    [TestCase("temperature", "-0.1", "body.temperature:greater_than_equal")]
    [TestCase("top_p", "1.5", "body.top_p:less_than_equal")]
    [TestCase("max_tokens", "\"5\"", "body.max_tokens:int_type")]
    [TestCase("max_tokens", "0", "body.max_tokens:greater_than_equal")]
    [TestCase("stop", "5", "body.stop.list[str]:list_type")]
    [TestCase("n", "0", "body.n:greater_than_equal")]
    public Task A_field_has_its_type_and_range(string name, string value, string problems) => AssertMalformedAsync(With(name, value), problems);

    [Test]
    public Task Everything_is_told_at_once() => AssertMalformedAsync(
        JsonNode.Parse("""{"messages":[{"role":"user","content":"a","name":"n"}],"seed":1}""")!,
        "body.model:missing body.messages.0.user.name:extra_forbidden body.seed:extra_forbidden");

    [TestCase("temperature")]
    [TestCase("max_tokens")]
    [TestCase("tools")]
    [TestCase("random_seed")]
    [TestCase("n")]
    public async Task Some_fields_may_be_null(string name)
    {
        using var response = await SendAsync(With(name, "null").ToJsonString());

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [TestCase("", "json_invalid")]
    [TestCase("{", "json_invalid")]
    [TestCase("[]", "model_attributes_type")]
    public async Task A_body_that_is_no_json_object_is_refused(string body, string type)
    {
        using var response = await SendAsync(body);

        Assert.That(
            ((int)response.StatusCode, (await ReadAsync(response)).GetProperty("detail")[0].GetProperty("type").GetString()), Is.EqualTo((422, type)));
    }

    [Test]
    public async Task Another_content_type_is_refused()
    {
        using var content = new StringContent(Ask().ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        using var response = await Http.PostAsync("eu/mistral/v1/chat/completions", content, Timeout);

        Assert.That((int)response.StatusCode, Is.EqualTo(422));
    }

    private static JsonObject With(string name, string value)
    {
        var request = Ask();
        request[name] = JsonNode.Parse(value);
        return request;
    }
}
