using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Anthropic;

public sealed class AnswerTests : AnthropicTest
{
    [Test]
    public async Task A_filter_that_steps_in_is_a_refusal_after_a_few_words()
    {
        var answer = await SaidAsync(Ask("SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER"));

        Assert.Multiple(() =>
        {
            Assert.That(Text(answer), Does.StartWith("You said: "));
            Assert.That(StopReason(answer), Is.EqualTo("refusal"));
            Assert.That(Count(answer.GetProperty("usage"), "output_tokens"), Is.EqualTo(8));
        });
    }

    [Test]
    public async Task An_answer_echoes_the_last_words_of_the_user_and_names_the_model_asked_for()
    {
        var answer = await SaidAsync(Converse(Older, """
            [{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":[{"type":"text","text":"grüße"},{"type":"text","text":"aus Köln"}]}]
            """));

        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("id").GetString(), Does.StartWith("msg_"));
            Assert.That(answer.GetProperty("type").GetString(), Is.EqualTo("message"));
            Assert.That(answer.GetProperty("role").GetString(), Is.EqualTo("assistant"));
            Assert.That(answer.GetProperty("model").GetString(), Is.EqualTo(Older));
            Assert.That(Text(answer), Does.StartWith("You said: grüße aus Köln."));
            Assert.That(StopReason(answer), Is.EqualTo("end_turn"));
            Assert.That(answer.GetProperty("stop_sequence").ValueKind, Is.EqualTo(JsonValueKind.Null));
        });
    }

    [Test]
    public async Task The_same_request_gets_the_same_text_and_usage()
    {
        var first = await SaidAsync(Ask());
        var second = await SaidAsync(Ask());

        Assert.Multiple(() =>
        {
            Assert.That(Text(second), Is.EqualTo(Text(first)));
            Assert.That(second.GetProperty("usage").GetRawText(), Is.EqualTo(first.GetProperty("usage").GetRawText()));
            Assert.That(second.GetProperty("id").GetString(), Is.Not.EqualTo(first.GetProperty("id").GetString()));
        });
    }

    [Test]
    public async Task Responses_carry_the_real_headers()
    {
        using var response = await SendAsync(Ask());

        Assert.Multiple(() =>
        {
            Assert.That(response.Headers.GetValues("request-id").Single(), Does.StartWith("req_"));
            Assert.That(response.Headers.GetValues("anthropic-organization-id").Single(), Is.Not.Empty);
            foreach (var name in new[] { "requests", "tokens", "input-tokens", "output-tokens" })
            {
                Assert.That(response.Headers.GetValues($"anthropic-ratelimit-{name}-limit").Single(), Does.Match("^[0-9]+$"));
                Assert.That(response.Headers.GetValues($"anthropic-ratelimit-{name}-remaining").Single(), Does.Match("^[0-9]+$"));
                Assert.That(response.Headers.GetValues($"anthropic-ratelimit-{name}-reset").Single(), Does.Match("^[0-9-]{10}T[0-9:]{8}Z$"));
            }

            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        });
    }

    [Test]
    public async Task A_token_limit_ends_the_answer()
    {
        var request = Ask();
        request["max_tokens"] = 3;

        var answer = await SaidAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(StopReason(answer), Is.EqualTo("max_tokens"));
            Assert.That(Text(answer), Is.EqualTo("You said:"));
            Assert.That(Count(answer.GetProperty("usage"), "output_tokens"), Is.EqualTo(3));
        });
    }

    [Test]
    public async Task No_tokens_at_all_only_warm_the_cache()
    {
        var request = Ask();
        request["max_tokens"] = 0;

        var answer = await SaidAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("content").GetArrayLength(), Is.Zero);
            Assert.That(Count(answer.GetProperty("usage"), "output_tokens"), Is.Zero);
            Assert.That(Count(answer.GetProperty("usage"), "input_tokens"), Is.GreaterThan(0));
        });
    }

    [Test]
    public async Task A_stop_sequence_ends_the_text_before_it_and_is_named()
    {
        var request = Ask("one two three");
        request["stop_sequences"] = new JsonArray("three", "two");

        var answer = await SaidAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(Text(answer), Is.EqualTo("You said: one "));
            Assert.That(StopReason(answer), Is.EqualTo("stop_sequence"));
            Assert.That(answer.GetProperty("stop_sequence").GetString(), Is.EqualTo("two"));
        });
    }

    [Test]
    public async Task A_prompt_that_asks_for_words_gets_at_least_as_many_tokens() =>
        Assert.That(Count((await SaidAsync(Ask("Write 500 words about rain"))).GetProperty("usage"), "output_tokens"), Is.GreaterThanOrEqualTo(500));

    [Test]
    public async Task A_schema_is_answered_by_json_that_fits_it()
    {
        var request = Ask("Ada");
        request["output_config"] = JsonNode.Parse("""
            {"format":{"type":"json_schema","schema":{"type":"object","additionalProperties":false,"required":["name","age"],
             "properties":{"name":{"type":"string"},"age":{"type":"integer"},"mood":{"enum":["good","bad"]}}}}}
            """);

        Assert.That(Text(await SaidAsync(request)), Is.EqualTo("""{"name":"Ada","age":1,"mood":"good"}"""));
    }

    [Test]
    public async Task A_refusal_is_given_where_the_magic_words_ask_for_it()
    {
        var answer = await SaidAsync(Ask("ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL_1FAEFB61", Recent));

        Assert.Multiple(() =>
        {
            Assert.That(StopReason(answer), Is.EqualTo("refusal"));
            Assert.That(answer.GetProperty("stop_details").GetProperty("type").GetString(), Is.EqualTo("refusal"));
            Assert.That(answer.GetProperty("stop_details").GetProperty("category").GetString(), Is.EqualTo("general_harms"));
            Assert.That(answer.GetProperty("content").GetArrayLength(), Is.Zero);
        });
    }

    [Test]
    public async Task A_beginning_of_the_answer_is_taken_by_a_model_that_takes_one()
    {
        var answer = await SaidAsync(Converse(Older, """[{"role":"user","content":"hi"},{"role":"assistant","content":"Well,"}]""",
            ("tools", """[{"name":"f","input_schema":{"type":"object"}}]""")));

        Assert.That(Text(answer), Does.StartWith("You said: hi"));
    }

    [Test]
    public async Task Counted_tokens_are_those_that_are_billed()
    {
        var request = Ask("How many?");
        request["system"] = "Be brief.";
        request["tools"] = JsonNode.Parse("""[{"name":"f","input_schema":{"type":"object"}}]""");
        var billed = Count((await SaidAsync(request)).GetProperty("usage"), "input_tokens");
        request.Remove("max_tokens");

        using var response = await SendAsync(request, path: "messages/count_tokens");

        Assert.That((await ReadAsync(response)).GetRawText(), Is.EqualTo($$"""{"input_tokens":{{billed}}}"""));
    }

    [TestCase("max_tokens", "5", "max_tokens: Extra inputs are not permitted")]
    [TestCase("stream", "true", "stream: Extra inputs are not permitted")]
    [TestCase("messages", "[]", "messages: at least one message is required")]
    public async Task A_count_is_refused_what_is_no_part_of_a_prompt(string field, string value, string message)
    {
        var request = Ask();
        request.Remove("max_tokens");
        request[field] = JsonNode.Parse(value);

        await AssertRefusedAsync(request, message, path: "messages/count_tokens");
    }
}
