using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Mistral;

/// <summary>What is well-formed and refused all the same: 400.</summary>
public sealed class RuleTests : MistralTest
{
    private const string Call = """{"id":"abcdefgh1","type":"function","function":{"name":"f","arguments":"{}"}}""";
    private const string Order = "invalid_request_message_order";

    [TestCase("""{"role":"user","content":"a"},{"role":"assistant","content":"b"}""", "Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant")]
    [TestCase("""{"role":"user","content":"a"},{"role":"assistant","tool_calls":[CALL]},{"role":"tool","content":"r","tool_call_id":"abcdefgh1"},{"role":"user","content":"and"}""", "Unexpected role 'user' after role 'tool'")]
    [TestCase("""{"role":"user","content":"a"},{"role":"tool","content":"r","tool_call_id":"abcdefgh1"}""", "Unexpected role 'tool' after role 'user'")]
    [TestCase("""{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"system","content":"c"},{"role":"user","content":"d"}""", "Unexpected role 'system' after role 'assistant'")]
    [TestCase("""{"role":"user","content":"a"},{"role":"assistant","tool_calls":[CALL]},{"role":"user","content":"d"}""", "Not the same number of function calls and responses")]
    [TestCase("", "at least one message")]
    public Task Messages_come_in_an_order(string messages, string message) => AssertRefusedAsync(Converse($"[{messages.Replace("CALL", Call)}]"), Order, "3230", message);

    [TestCase("""{"role":"assistant","content":""}""", "must have either content or tool_calls")]
    [TestCase("""{"role":"assistant","content":null,"tool_calls":[]}""", "must have either content or tool_calls")]
    [TestCase("""{"role":"assistant","content":"a","prefix":true},{"role":"user","content":"b"}""", "must be last message")]
    public Task An_assistant_says_something(string message, string refusal) =>
        AssertRefusedAsync(Converse($$"""[{"role":"user","content":"a"},{{message}}]"""), "invalid_request_assistant_message", "3240", refusal);

    [TestCase("call_abcdefghijklmnopqrstuvwx")]
    [TestCase("toolu_01")]
    [TestCase("abcdefgh")]
    [TestCase("abcdefg_1")]
    public async Task An_id_of_a_call_is_nine_letters_and_digits(string id)
    {
        var message = $"Tool call id was {id} but must be a-z, A-Z, 0-9, with a length of 9.";
        await AssertRefusedAsync(Answered(id, id), "invalid_function_call", "3280", message);
        await AssertRefusedAsync(Answered("abcdefgh1", id), "invalid_function_call", "3280", message);
    }

    [Test]
    public Task Results_without_an_id_have_a_bad_one() => AssertRefusedAsync(
        Converse("""[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[CALL]},{"role":"tool","content":"r"}]""".Replace("CALL", Call)),
        "invalid_function_call", "3280", "Tool call id was null");

    [TestCase("mistral-giant", "chat/completions")]
    [TestCase("mistral-embed", "chat/completions")]
    [TestCase("mistral-large-latest", "embeddings")]
    [TestCase("mistral-large-latest", "fim/completions")]
    public Task A_model_that_does_not_exist_or_cannot_do_it_is_refused(string model, string path) => AssertRefusedAsync(
        path switch
        {
            "embeddings" => new JsonObject { ["model"] = model, ["input"] = "a" },
            "fim/completions" => new JsonObject { ["model"] = model, ["prompt"] = "a" },
            _ => Ask(model: model),
        },
        "invalid_model", "1500", $"Invalid model: {model}", path);

    [Test]
    public async Task A_temperature_above_one_is_refused_by_the_model()
    {
        var request = Ask();
        request["temperature"] = 1.2;

        await AssertRefusedAsync(request, "invalid_request_invalid_args", "3051", "between 0 and 1");
    }

    [Test]
    public async Task Thinking_and_pictures_are_not_for_every_model()
    {
        var request = Ask();
        request["reasoning_effort"] = "high";
        await AssertRefusedAsync(request, "invalid_request_invalid_args", "3051", "Reasoning is not enabled");

        await AssertRefusedAsync(
            Converse("""[{"role":"user","content":[{"type":"image_url","image_url":{"url":"u"}}]}]""", "codestral-latest"),
            "invalid_request_invalid_args", "3051", "Image input is not enabled for this model");
    }

    [TestCase("mistral-small-latest", "low")]
    [TestCase("mistral-small-2603", "medium")]
    [TestCase("mistral-medium-3-5", "xhigh")]
    [TestCase("magistral-medium-2509", "minimal")]
    public Task A_model_thinks_or_does_not(string model, string effort)
    {
        var request = Ask(model: model);
        request["reasoning_effort"] = effort;
        return AssertRefusedAsync(
            request, "invalid_request_invalid_args", "3051",
            $"reasoning_effort='{effort}' is not supported for this model. Must be one of (<ReasoningEffort.none: 'none'>, <ReasoningEffort.high: 'high'>)");
    }

    [Test]
    public async Task A_prompt_fits_into_the_context()
    {
        await AssertRefusedAsync(
            Ask(new string('a', 4 * 132_000), "magistral-medium-2509"), "invalid_request_invalid_args", "3051", "131072 maximum context length");
    }

    private static JsonObject Answered(string called, string answered) => Converse($$"""
        [{"role":"user","content":"a"},
         {"role":"assistant","tool_calls":[{"id":"{{called}}","function":{"name":"f","arguments":"" } }]},
         {"role":"tool","content":"r","tool_call_id":"{{answered}}"}]
        """);
}
