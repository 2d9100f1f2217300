using System.Text.Json.Nodes;
using Asc.Simulator.Claude;

namespace Asc.Simulator.Tests.Anthropic;

/// <summary>What models take differs.</summary>
public sealed class ModelRuleTests : AnthropicTest
{
    private const string Tool = """[{"name":"f","input_schema":{"type":"object"}}]""";

    protected override SimulatorOptions Options { get; } = new()
    {
        FirstTokenDelay = TimeSpan.Zero,
        ChunkDelay = TimeSpan.Zero,
        Models = ["gpt-5", "tuned-*"],
        ClaudeModels = [.. KnownClaudeModels.All, new ClaudeModel { Name = "tiny", ContextWindow = 20, MaxOutput = 5, Efforts = ["low"] }],
    };

    [TestCase("claude-99")]
    [TestCase("gpt-5")]
    public async Task An_unknown_model_is_not_found(string model) =>
        await AssertRefusedAsync(Ask(model: model), $"model: {model}", status: 404, type: "not_found_error");

    [TestCase("claude-haiku-5-5", "temperature", "0.5", "`temperature` is deprecated for this model.")]
    [TestCase("claude-opus-5-5", "top_p", "0.5", "`top_p` is deprecated for this model.")]
    [TestCase("claude-sonnet-5", "top_k", "5", "`top_k` is deprecated for this model.")]
    [TestCase("claude-opus-5-5", "thinking", """{"type":"enabled","budget_tokens":1024}""", "\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" and \"output_config.effort\"")]
    [TestCase("claude-opus-5-5", "thinking", """{"type":"disabled"}""", "\"thinking.type.disabled\" is not supported for this model.")]
    [TestCase("claude-sonnet-5-5", "thinking", """{"type":"disabled"}""", "To turn thinking off on this model, send \"thinking\": {\"type\": \"between_tools\"}")]
    [TestCase("claude-haiku-5-5", "thinking", """{"type":"between_tools"}""", "thinking.type.between_tools is not supported for this model.")]
    [TestCase("claude-sonnet-4-5", "thinking", """{"type":"adaptive"}""", "adaptive thinking is not supported on this model")]
    [TestCase("claude-haiku-4-5", "thinking", """{"type":"enabled","budget_tokens":1024}""", "`max_tokens` must be greater than `thinking.budget_tokens`.")]
    [TestCase("claude-haiku-4-5", "output_config", """{"effort":"low"}""", "This model does not support the effort parameter.")]
    [TestCase("tiny", "output_config", """{"effort":"high"}""", "This model does not support effort level 'high'. Supported levels: low.")]
    [TestCase("claude-haiku-4-5", "inference_geo", "\"us\"", "inference_geo: not supported for this model")]
    public async Task A_field_that_the_model_does_not_take_is_refused(string model, string field, string value, string message)
    {
        var request = Ask(model: model);
        request["max_tokens"] = model == "tiny" ? 5 : 1_000;
        request[field] = JsonNode.Parse(value);

        await AssertRefusedAsync(request, message);
    }

    [TestCase("temperature", "1")]
    [TestCase("top_p", "1")]
    public async Task A_default_is_taken_by_a_model_that_takes_no_other_value(string field, string value)
    {
        var request = Ask(model: Recent);
        request[field] = JsonNode.Parse(value);

        await SaidAsync(request);
    }

    [Test]
    public async Task Temperature_and_top_p_exclude_each_other() =>
        await AssertRefusedAsync(
            Converse(Older, """[{"role":"user","content":"hi"}]""", ("temperature", "0.5"), ("top_p", "0.5")),
            "`temperature` and `top_p` cannot both be specified for this model. Please use only one.");

    [TestCase("temperature", "0.5", "`temperature` may only be set to 1 when thinking is enabled.")]
    [TestCase("top_p", "0.5", "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.")]
    [TestCase("top_k", "5", "`top_k` must be unset when thinking is enabled.")]
    public async Task Thinking_leaves_little_to_sampling(string field, string value, string message) => await AssertRefusedAsync(
        Converse(Older, """[{"role":"user","content":"hi"}]""", ("max_tokens", "2000"), ("thinking", """{"type":"enabled","budget_tokens":1024}"""), (field, value)), message);

    [TestCase("claude-opus-5-5", """{"type":"any"}""")]
    [TestCase("claude-sonnet-5-5", """{"type":"tool","name":"f"}""")]
    public async Task A_model_that_takes_no_forced_tool_refuses_one(string model, string choice) => await AssertRefusedAsync(
        Converse(model, """[{"role":"user","content":"hi"}]""", ("tools", Tool), ("tool_choice", choice)), "tool_choice: forced tool use is not supported for this model");

    [Test]
    public async Task A_forced_tool_and_thinking_exclude_each_other() => await AssertRefusedAsync(
        Converse(Recent, """[{"role":"user","content":"hi"}]""", ("tools", Tool), ("tool_choice", """{"type":"any"}"""), ("thinking", """{"type":"adaptive"}""")),
        "Thinking may not be enabled when tool_choice forces tool use.");

    [Test]
    public async Task A_prompt_longer_than_the_context_window_is_refused()
    {
        var request = Ask(new string('x', 200), "tiny");
        request["max_tokens"] = 5;

        await AssertRefusedAsync(request, "prompt is too long: 56 tokens > 20 maximum");
    }

    [Test]
    public async Task A_model_that_a_prefix_allows_is_as_recent_ones_are_but_thinks_only_when_asked_to()
    {
        var answer = await SaidAsync(Ask(model: "tuned-7"));
        var warm = Ask(model: "tuned-7");
        warm["temperature"] = 0.5;

        Assert.That(answer.GetProperty("content").EnumerateArray().Select(block => block.GetProperty("type").GetString()), Is.EqualTo(new[] { "text" }));
        Assert.That(answer.GetProperty("model").GetString(), Is.EqualTo("tuned-7"));
        await AssertRefusedAsync(warm, "`temperature` is deprecated for this model.");
    }

    [TestCase("stream", "true", "`stream`")]
    [TestCase("output_config", """{"format":{"type":"json_schema","schema":{"type":"object","additionalProperties":false}}}""", "`output_config.format`")]
    [TestCase("tool_choice", """{"type":"any"}""", "a `tool_choice` that forces tool use")]
    [TestCase("thinking", """{"type":"enabled","budget_tokens":1024}""", "`thinking.type` \"enabled\"")]
    public async Task No_tokens_at_all_exclude_much_else(string field, string value, string other) => await AssertRefusedAsync(
        Converse(Older, """[{"role":"user","content":"hi"}]""", ("max_tokens", "0"), ("tools", Tool), (field, value)), $"max_tokens: 0 may not be combined with {other}");
}
