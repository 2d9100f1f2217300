using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Mistral;

public sealed class AnswerTests : MistralTest
{
    [Test]
    public async Task An_answer_is_an_echo_with_usage()
    {
        var answer = await SaidAsync(Ask());
        var usage = answer.GetProperty("usage");

        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("object").GetString(), Is.EqualTo("chat.completion"));
            Assert.That(answer.GetProperty("model").GetString(), Is.EqualTo(Plain));
            Assert.That(Said(answer).GetProperty("content").GetString(), Does.StartWith("You said: Hello there."));
            Assert.That(Said(answer).GetProperty("tool_calls").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Finish(answer), Is.EqualTo("stop"));
            Assert.That(Count(usage, "total_tokens"), Is.EqualTo(Count(usage, "prompt_tokens") + Count(usage, "completion_tokens")));
            Assert.That(usage.TryGetProperty("completion_tokens_details", out _), Is.False);
        });
    }

    [TestCase(Thinker, null, true)]
    [TestCase(Thinker, "none", false)]
    [TestCase("mistral-small-latest", null, false)]
    [TestCase("mistral-small-latest", "high", true)]
    public async Task A_model_that_thinks_answers_in_chunks(string model, string? effort, bool thinks)
    {
        var request = Ask(model: model);
        if (effort is not null)
        {
            request["reasoning_effort"] = effort;
        }

        var answer = await SaidAsync(request);
        var content = Said(answer).GetProperty("content");

        Assert.That(content.ValueKind, Is.EqualTo(thinks ? JsonValueKind.Array : JsonValueKind.String));
        if (thinks)
        {
            Assert.That(content.EnumerateArray().Select(chunk => chunk.GetProperty("type").GetString()), Is.EqualTo(new[] { "thinking", "text" }));
            Assert.That(content[0].GetProperty("thinking")[0].GetProperty("text").GetString(), Does.Contain("Hello there"));
            Assert.That(content[1].GetProperty("text").GetString(), Does.StartWith("You said: Hello there."));
            Assert.That(Count(answer.GetProperty("usage").GetProperty("completion_tokens_details"), "reasoning_tokens"), Is.GreaterThan(5));
        }
    }

    [Test]
    public async Task What_was_thought_may_come_back()
    {
        var request = Ask(model: Thinker);
        var first = await SaidAsync(request);
        request["messages"]!.AsArray().Add(new JsonObject { ["role"] = "assistant", ["content"] = JsonNode.Parse(Said(first).GetProperty("content").GetRawText()) });
        request["messages"]!.AsArray().Add(new JsonObject { ["role"] = "user", ["content"] = "And now?" });

        Assert.That(Finish(await SaidAsync(request)), Is.EqualTo("stop"));
    }

    [Test]
    public async Task An_answer_begins_with_the_prefix_that_is_given()
    {
        var request = Converse("""[{"role":"user","content":"Hi"},{"role":"assistant","content":"Well, ","prefix":true}]""");

        Assert.That(Said(await SaidAsync(request)).GetProperty("content").GetString(), Does.StartWith("Well, You said: Hi."));
    }

    [TestCase("""{"type":"json_object"}""", """{"answer":"Hi"}""")]
    [TestCase("""{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{"a":{"type":"string"}}}}}""", """{"a":"Hi"}""")]
    public async Task A_response_format_is_honoured(string format, string text)
    {
        var request = Ask("Hi");
        request["response_format"] = JsonNode.Parse(format);

        Assert.That(Said(await SaidAsync(request)).GetProperty("content").GetString(), Is.EqualTo(text));
    }

    [TestCase("max_tokens", "3", "You said:", "length")]
    [TestCase("stop", "\" there\"", "You said: Hello", "stop")]
    [TestCase("stop", "[\"said\",\"Hello\"]", "You ", "stop")]
    public async Task An_answer_ends_where_the_request_says(string name, string value, string text, string finish)
    {
        var request = Ask();
        request[name] = JsonNode.Parse(value);
        var answer = await SaidAsync(request);

        Assert.That((Said(answer).GetProperty("content").GetString(), Finish(answer)), Is.EqualTo((text, finish)));
    }

    [Test]
    public async Task An_answer_ends_where_the_context_does()
    {
        var answer = await SaidAsync(Ask(new string('a', 4 * 131_060), Thinker));

        Assert.That(Finish(answer), Is.EqualTo("model_length"));
    }

    [TestCase("ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL", "I can't help with that.", "stop")]
    [TestCase("SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER", "You said: SIMULATO", "error")]
    public async Task Magic_words_end_an_answer(string words, string text, string finish)
    {
        var answer = await SaidAsync(Ask(words));

        Assert.Multiple(() =>
        {
            Assert.That(Said(answer).GetProperty("content").GetString(), Does.StartWith(text));
            Assert.That(Finish(answer), Is.EqualTo(finish));
        });
    }

    [Test]
    public async Task A_prompt_is_cached_by_the_key_that_the_request_gives()
    {
        var request = Ask(new string('a', 5_000));
        var plain = (await SaidAsync(request)).GetProperty("usage");
        request["prompt_cache_key"] = "k";
        var first = (await SaidAsync(request)).GetProperty("usage");
        var second = (await SaidAsync(request)).GetProperty("usage");

        Assert.Multiple(() =>
        {
            Assert.That(new[] { plain, first, second }.Select(usage => Count(usage.GetProperty("prompt_tokens_details"), "cached_tokens")), Is.EqualTo(new[] { 0, 0, 1_152 }));
        });
    }

    [Test]
    public async Task Several_choices_are_told_apart()
    {
        var request = Ask();
        request["n"] = 2;

        Assert.That((await SaidAsync(request)).GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("message").GetProperty("content").GetString()), Is.Unique);
    }
}
