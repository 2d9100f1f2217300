using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.OpenAi.Responses;

/// <summary>What is refused.</summary>
public sealed class RuleTests : ResponseTest
{
    private const string Call = """{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"}""";
    private const string Output = """{"type":"function_call_output","call_id":"c1","output":"r"}""";

    [TestCase("messages", "[]")]
    [TestCase("max_tokens", "5")]
    [TestCase("max_completion_tokens", "50")]
    [TestCase("response_format", """{"type":"text"}""")]
    [TestCase("reasoning_effort", "\"low\"")]
    [TestCase("stop", "\"x\"")]
    [TestCase("n", "1")]
    [TestCase("seed", "1")]
    [TestCase("logit_bias", "{}")]
    public Task A_parameter_of_chats_is_unknown(string name, string value) => AssertRefusedAsync(With((name, value)), name, "unknown_parameter", $"Unknown parameter: '{name}'.");

    [TestCase("max_output_tokens", "15", "max_output_tokens", "integer_below_min_value")]
    [TestCase("temperature", "2.5", "temperature", "decimal_above_max_value")]
    [TestCase("include", """["everything"]""", "include[0]", "invalid_value")]
    [TestCase("reasoning", """{"effort":"heroic"}""", "reasoning.effort", "invalid_value")]
    [TestCase("reasoning", """{"max_tokens":5}""", "reasoning.max_tokens", "unknown_parameter")]
    [TestCase("text", """{"format":{"type":"json_schema","json_schema":{"name":"n","schema":{}}}}""", "text.format.json_schema", "unknown_parameter")]
    [TestCase("text", """{"format":{"type":"json_schema","schema":{}}}""", "text.format.name", "missing_required_parameter")]
    [TestCase("text", """{"format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"object","properties":{}}}}""", "text.format.schema", "invalid_json_schema")]
    [TestCase("text", """{"format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}}}""", "text.format.schema", "invalid_json_schema")]
    [TestCase("text", """{"format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"array","items":{"type":"string"}}}}""", "text.format.schema", "invalid_json_schema")]
    [TestCase("text", """{"format":{"type":"json_object"}}""", "input", null)]
    [TestCase("stream_options", """{"include_usage":true}""", "stream_options.include_usage", "unknown_parameter")]
    [TestCase("stream_options", """{"include_obfuscation":true}""", "stream_options", "invalid_parameter_combination")]
    [TestCase("background", "true", "background", "unsupported_parameter")]
    [TestCase("conversation", "\"conv_1\"", "conversation", "unsupported_parameter")]
    [TestCase("previous_response_id", "\"resp_1\"", "previous_response_id", "previous_response_not_found")]
    [TestCase("input", "null", "input", "missing_required_parameter")]
    [TestCase("input", "[]", "input", "missing_required_parameter")]
    [TestCase("input", "5", "input", "invalid_type")]
    [TestCase("model", "null", "model", "missing_required_parameter")]
    public Task A_parameter_has_its_type_and_range(string name, string value, string param, string? code) => AssertRefusedAsync(With((name, value)), param, code);

    [TestCase("""[{"type":"function","function":{"name":"f","parameters":{}}}]""", "tools[0].function", "unknown_parameter")]
    [TestCase("""[{"type":"function","parameters":{}}]""", "tools[0].name", "missing_required_parameter")]
    [TestCase("""[{"type":"function","name":"f","cache_control":{}}]""", "tools[0].cache_control", "unknown_parameter")]
    [TestCase("""[{"type":"function","name":"a b"}]""", "tools[0].name", "invalid_value")]
    [TestCase("""[{"type":"function","name":"f","strict":true,"parameters":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}}]""", "tools[0].parameters", "invalid_function_parameters")]
    [TestCase("""[{"type":"function","name":"f","strict":true,"parameters":{"type":"object","properties":{"a":{"type":"object"}},"required":["a"],"additionalProperties":false}}]""", "tools[0].parameters", "invalid_function_parameters")]
    [TestCase("""[{"type":"bash"}]""", "tools[0]", "invalid_value")]
    public Task A_tool_is_flat(string tools, string param, string code) => AssertRefusedAsync(With(("tools", tools)), param, code);

    [TestCase("\"any\"", "tool_choice", "invalid_value")]
    [TestCase("""{"type":"function","function":{"name":"weather"}}""", "tool_choice.function", "unknown_parameter")]
    [TestCase("""{"type":"function","name":"nobody"}""", "tool_choice", null)]
    [TestCase("""{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"nobody"}]}""", "tool_choice", null)]
    public Task A_choice_names_a_tool_that_exists(string choice, string param, string? code) =>
        AssertRefusedAsync(With(("tools", Tools), ("tool_choice", choice)), param, code);

    [TestCase("""{"role":"user","content":[{"type":"text","text":"a"}]}""", "input[0].content[0]", "invalid_value")]
    [TestCase("""{"role":"user","content":[{"type":"output_text","text":"a"}]}""", "input[0].content[0]", "invalid_value")]
    [TestCase("""{"role":"assistant","content":[{"type":"input_text","text":"a"}]}""", "input[0].content[0]", "invalid_value")]
    [TestCase("""{"role":"user","content":[{"type":"input_text","text":"a","cache_control":{}}]}""", "input[0].content[0].cache_control", "unknown_parameter")]
    [TestCase("""{"role":"user","content":"a","name":"bob"}""", "input[0].name", "unknown_parameter")]
    [TestCase("""{"role":"tool","content":"a","tool_call_id":"c"}""", "input[0].role", "invalid_value")]
    [TestCase("""{"role":"assistant","content":null,"tool_calls":[]}""", "input[0].tool_calls", "unknown_parameter")]
    [TestCase("""{"type":"function_call","id":"call_1","call_id":"c1","name":"f","arguments":"{}"}""", "input[0].id", "invalid_value")]
    [TestCase("""{"type":"function_call","call_id":"c1","name":"f","arguments":{}}""", "input[0].arguments", "invalid_type")]
    [TestCase("""{"type":"tool_result"}""", "input[0]", "invalid_value")]
    [TestCase("""{"content":"a"}""", "input[0].role", "missing_required_parameter")]
    [TestCase("5", "input[0]", "invalid_type")]
    public Task An_item_has_its_fields_and_no_others(string item, string param, string code) => AssertRefusedAsync(With(("input", $"[{item}]")), param, code);

    [TestCase(Output, "No tool call found for function call output with call_id c1.")]
    [TestCase(Output + "," + Call, "No tool call found for function call output with call_id c1.")]
    [TestCase(Call, "No tool output found for function call c1.")]
    [TestCase(Call + "," + Output + "," + Output, "No tool call found for function call output with call_id c1.")]
    public Task Outputs_answer_calls(string items, string message) => AssertRefusedAsync(With(("input", $"[{items}]")), "input", null, message);

    [Test]
    public async Task Reasoning_is_followed_by_something_and_references_lead_nowhere()
    {
        var first = await SaidAsync(With(("reasoning", """{"effort":"low"}""")));
        var reasoning = JsonNode.Parse(Items(first)[0].GetRawText())!;

        await AssertRefusedAsync(With(("input", $"[{reasoning.ToJsonString()}]")), "input", null, "without its required following item");
        await AssertRefusedAsync(With(("input", """[{"type":"item_reference","id":"msg_1"}]""")), "input", null, "msg_1", status: 404);
    }

    [TestCase("gpt-99", null, "model_not_found", 404)]
    [TestCase("text-embedding-3-small", "model", "unsupported_model", 400)]
    public Task A_model_exists_and_talks(string model, string? param, string code, int status) => AssertRefusedAsync(Ask(model: model), param, code, status: status);

    [TestCase("reasoning", """{"effort":"low"}""", "reasoning.effort", "unsupported_parameter")]
    [TestCase("include", """["reasoning.encrypted_content"]""", "include", null)]
    public Task Not_every_model_reasons(string name, string value, string param, string? code) =>
        AssertRefusedAsync(With(("model", "\"gpt-4.1\""), (name, value)), param, code);

    [Test]
    public async Task Another_content_type_or_no_json_is_refused()
    {
        using var content = new StringContent(Ask().ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        using var typed = await Http.PostAsync("eu/openai/v1/responses", content, Timeout);
        using var broken = await SendAsync("{");

        Assert.That(((int)typed.StatusCode, (int)broken.StatusCode), Is.EqualTo((415, 400)));
    }

    [Test]
    public async Task No_single_change_makes_it_fail()
    {
        const string rich = """
            {"model":"gpt-5-mini","instructions":"i","include":["reasoning.encrypted_content"],"max_output_tokens":500,"metadata":{"a":"b"},"reasoning":{"effort":"low","summary":"auto"},
             "text":{"format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":{"anyOf":[{"type":"string"}]}}}},"verbosity":"low"},
             "tools":[{"type":"function","name":"f","strict":true,"parameters":{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":{"type":"array","items":{"type":"string"}}}}},{"type":"custom","name":"c"}],
             "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]},"store":false,"stream_options":null,
             "input":[{"role":"developer","content":"d"},{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"},{"type":"input_file","file_data":"d","filename":"f"}]},
              {"type":"message","role":"assistant","id":"msg_1","status":"completed","content":[{"type":"output_text","text":"a","annotations":[]},{"type":"refusal","refusal":"r"}]},
              {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},{"type":"custom_tool_call","call_id":"c2","name":"c","input":"i"},
              {"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"r"}]},{"type":"custom_tool_call_output","call_id":"c2","output":"r"}]}
            """;
        var odd = new List<string>();
        foreach (var change in Mutations.Of(JsonNode.Parse(rich)!).Prepend(rich).ToList())
        {
            using var response = await SendAsync(change);
            if ((int)response.StatusCode is not (200 or 400 or 404) || (change == rich && (int)response.StatusCode != 200))
            {
                odd.Add($"{(int)response.StatusCode}: {change}");
            }
        }

        Assert.That(odd, Is.Empty);
    }
}
