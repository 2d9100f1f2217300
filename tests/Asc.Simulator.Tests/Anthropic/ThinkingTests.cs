using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Anthropic;

public sealed class ThinkingTests : AnthropicTest
{
    private const string Budget = """{"type":"enabled","budget_tokens":1024}""";
    private const string Tool = """[{"name":"f","input_schema":{"type":"object"}}]""";

    [TestCase("claude-haiku-4-5", null, false)]
    [TestCase("claude-haiku-4-5", Budget, true)]
    [TestCase("claude-haiku-5-5", null, true)]
    [TestCase("claude-haiku-5-5", """{"type":"disabled"}""", false)]
    [TestCase("claude-sonnet-5-5", """{"type":"between_tools"}""", false)]
    [TestCase("claude-opus-5-5", """{"type":"adaptive"}""", true)]
    public async Task A_model_thinks_first_as_it_is_told_or_used_to(string model, string? thinking, bool thinks)
    {
        var answer = await SaidAsync(Thinking(model, thinking));
        var types = answer.GetProperty("content").EnumerateArray().Select(block => block.GetProperty("type").GetString());

        Assert.That(types, Is.EqualTo(thinks ? new[] { "thinking", "text" } : ["text"]));
    }

    [TestCase("claude-haiku-4-5", """{"type":"enabled","budget_tokens":1024}""", true)]
    [TestCase("claude-haiku-4-5", """{"type":"enabled","budget_tokens":1024,"display":"omitted"}""", false)]
    [TestCase("claude-haiku-5-5", """{"type":"adaptive"}""", false)]
    [TestCase("claude-haiku-5-5", """{"type":"adaptive","display":"summarized"}""", true)]
    public async Task Thinking_is_signed_and_billed_whether_or_not_it_is_shown(string model, string thinking, bool isShown)
    {
        var answer = await SaidAsync(Thinking(model, thinking));
        var events = await StreamedAsync(Thinking(model, thinking));
        var block = Blocks(answer, "thinking").Single();
        var usage = answer.GetProperty("usage");

        Assert.Multiple(() =>
        {
            Assert.That(block.GetProperty("thinking").GetString(), isShown ? Does.Contain("Hello there") : Is.Empty);
            Assert.That(block.GetProperty("signature").GetString(), Is.Not.Empty);
            Assert.That(Count(usage.GetProperty("output_tokens_details"), "thinking_tokens"), Is.InRange(5, Count(usage, "output_tokens") - 1));
            Assert.That(NamedEvent.Joined(events, "thinking"), Is.EqualTo(block.GetProperty("thinking").GetString()));
            Assert.That(NamedEvent.Joined(events, "signature"), Is.EqualTo(block.GetProperty("signature").GetString()));
            Assert.That(Count(events[^2].Json.GetProperty("usage"), "output_tokens"), Is.EqualTo(Count(usage, "output_tokens")));
        });
    }

    [Test]
    public async Task Thinking_counts_towards_the_limit()
    {
        var request = Thinking(Recent, """{"type":"adaptive","display":"summarized"}""");
        request["max_tokens"] = 2;

        var answer = await SaidAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(StopReason(answer), Is.EqualTo("max_tokens"));
            Assert.That(answer.GetProperty("content").GetArrayLength(), Is.EqualTo(1));
            Assert.That(Count(answer.GetProperty("usage"), "output_tokens"), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task A_forced_tool_is_called_without_thinking_by_a_model_that_is_used_to_it()
    {
        var request = Thinking(Recent, null);
        request["tools"] = JsonNode.Parse(Tool);
        request["tool_choice"] = JsonNode.Parse("""{"type":"any"}""");

        Assert.That(Blocks(await SaidAsync(request), "thinking"), Is.Empty);
    }

    [TestCase("claude-haiku-4-5", Budget)]
    [TestCase("claude-opus-5-5", null)]
    [TestCase("claude-opus-5-5", """{"type":"adaptive","display":"summarized"}""")]
    public async Task Thinking_may_come_back_as_it_was(string model, string? thinking)
    {
        var request = Thinking(model, thinking);
        var first = await SaidAsync(request);
        Continue(request, first, "Go on");
        var second = await SaidAsync(request);
        Continue(request, second, "And on");

        Assert.That(Text(await SaidAsync(request)), Does.StartWith("You said: And on"));
    }

    [TestCase("thinking", "I know better.")]
    [TestCase("signature", "Zm9yZWlnbg==")]
    [TestCase("signature", "not base64!")]
    [TestCase("signature", "")]
    public async Task Thinking_that_was_changed_or_is_foreign_is_refused(string field, string value)
    {
        var request = Thinking(Older, Budget);
        Continue(request, await SaidAsync(request), "Go on");
        request["messages"]![1]!["content"]![0]![field] = value;

        await AssertRefusedAsync(request, "messages.1.content.0: Invalid `signature` in `thinking` block");
    }

    [Test]
    public async Task Recent_models_refuse_thinking_of_another_model_or_conversation()
    {
        var request = Thinking(Recent, null);
        Continue(request, await SaidAsync(request), "Go on");
        var other = (JsonObject)request.DeepClone();
        other["model"] = "claude-opus-5-5";
        var edited = (JsonObject)request.DeepClone();
        edited["messages"]![0]!["content"] = "I never said that";
        var marked = (JsonObject)request.DeepClone();
        marked["messages"]![0]!["content"] = JsonNode.Parse("""[{"text":"Hello there","type":"text","cache_control":{"type":"ephemeral"}}]""");

        await AssertRefusedAsync(other, "The block is bound to a different model.");
        await AssertRefusedAsync(edited, "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation.");
        await SaidAsync(marked);
    }

    [Test]
    public async Task Older_models_take_thinking_of_another_model()
    {
        var request = Thinking(Older, Budget);
        Continue(request, await SaidAsync(request), "Go on");
        request["model"] = "claude-sonnet-4-5";

        await SaidAsync(request);
    }

    [Test]
    public async Task Thinking_may_be_redacted_and_comes_back_so()
    {
        var request = Thinking(Older, Budget);
        request["messages"]![0]!["content"] = "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_46C9A13E";
        var answer = await SaidAsync(request);
        Continue(request, answer, "Go on");
        var forged = (JsonObject)request.DeepClone();
        forged["messages"]![1]!["content"]![0]!["data"] = "Zm9yZWlnbg==";

        Assert.That(Blocks(answer, "redacted_thinking").Single().GetProperty("data").GetString(), Is.Not.Empty);
        await SaidAsync(request);
        await AssertRefusedAsync(forged, "messages.1.content.0: Invalid `data` in `redacted_thinking` block");
    }

    [Test]
    public async Task With_a_budget_a_turn_that_goes_on_must_begin_with_thinking()
    {
        var request = Thinking(Older, Budget);
        request["tools"] = JsonNode.Parse(Tool);
        var first = await SaidAsync(request);
        var call = Blocks(first, "tool_use").Single().GetProperty("id").GetString();
        Continue(request, first, new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = call }));
        var stripped = (JsonObject)request.DeepClone();
        stripped["messages"]![1]!["content"]!.AsArray().RemoveAt(0);

        await SaidAsync(request);
        await AssertRefusedAsync(stripped, "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`.");
        stripped["thinking"] = null;
        await SaidAsync(stripped);
    }

    [Test]
    public async Task Thinking_is_not_the_last_thing_that_the_assistant_said()
    {
        var request = Thinking(Older, Budget);
        Continue(request, await SaidAsync(request), "Go on");
        request["messages"]![1]!["content"]!.AsArray().RemoveAt(1);

        await AssertRefusedAsync(request, "messages.1: The final block in an assistant message cannot be `thinking`.");
    }

    private static JsonObject Thinking(string model, string? thinking)
    {
        var request = Ask(model: model);
        request["max_tokens"] = 2_000;
        request["thinking"] = thinking is null ? null : JsonNode.Parse(thinking);
        return request;
    }
}
