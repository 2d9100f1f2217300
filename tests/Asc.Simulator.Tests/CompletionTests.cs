using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests;

public sealed class CompletionTests : SimulatorTest
{
    [Test]
    public async Task An_answer_echoes_the_last_user_message_and_names_the_model_asked_for()
    {
        var answer = await AnswerAsync(Chat("grüße aus Köln"));

        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("object").GetString(), Is.EqualTo("chat.completion"));
            Assert.That(answer.GetProperty("model").GetString(), Is.EqualTo("gpt-5-mini"));
            Assert.That(Content(answer), Does.Contain("grüße aus Köln"));
            Assert.That(FinishReason(answer), Is.EqualTo("stop"));
        });
    }

    [Test]
    public async Task The_same_request_gets_the_same_text_and_usage()
    {
        var first = await AnswerAsync(Chat());
        var second = await AnswerAsync(Chat());

        Assert.Multiple(() =>
        {
            Assert.That(Content(second), Is.EqualTo(Content(first)));
            Assert.That(second.GetProperty("usage").GetRawText(), Is.EqualTo(first.GetProperty("usage").GetRawText()));
            Assert.That(second.GetProperty("id").GetString(), Is.Not.EqualTo(first.GetProperty("id").GetString()));
        });
    }

    [Test]
    public async Task Responses_carry_the_real_headers()
    {
        using var response = await PostAsync(Chat());

        Assert.Multiple(() =>
        {
            Assert.That(response.Headers.GetValues("x-request-id").Single(), Does.StartWith("req_"));
            Assert.That(response.Headers.GetValues("openai-version").Single(), Is.EqualTo("2020-10-01"));
            Assert.That(response.Headers.GetValues("openai-processing-ms").Single(), Does.Match("^[0-9]+$"));
            Assert.That(response.Headers.GetValues("x-ratelimit-remaining-tokens").Single(), Does.Match("^[0-9]+$"));
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        });
    }

    [TestCase("max_completion_tokens", "gpt-5-mini")]
    [TestCase("max_tokens", "gpt-4o-mini")]
    public async Task A_token_limit_ends_the_answer_with_length(string parameter, string model)
    {
        var request = Chat();
        request["model"] = model;
        request[parameter] = 3;

        var answer = await AnswerAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(FinishReason(answer), Is.EqualTo("length"));
            Assert.That(answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32(), Is.EqualTo(3));
        });
    }

    [Test]
    public async Task A_stop_sequence_ends_the_text_before_it()
    {
        var request = Chat("one two three");
        request["model"] = "gpt-4.1";
        request["stop"] = new JsonArray("three", "two");

        Assert.That(Content(await AnswerAsync(request)), Is.EqualTo("You said: one "));
    }

    [Test]
    public async Task As_many_choices_as_asked_for_are_given_and_billed()
    {
        var single = await AnswerAsync(Chat());
        var request = Chat();
        request["n"] = 3;

        var answer = await AnswerAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("index").GetInt32()), Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(CompletionTokens(answer), Is.GreaterThan(2 * CompletionTokens(single)));
        });
    }

    [Test]
    public async Task A_prompt_that_asks_for_words_gets_at_least_as_many_tokens() =>
        Assert.That(CompletionTokens(await AnswerAsync(Chat("Write 500 words about rain"))), Is.GreaterThanOrEqualTo(500));

    [Test]
    public async Task A_json_schema_is_answered_by_text_that_fits_it()
    {
        var request = Chat();
        request["response_format"] = JsonNode.Parse("""
            {"type":"json_schema","json_schema":{"name":"person","strict":true,"schema":{"type":"object","additionalProperties":false,"required":["name","age","mood"],
             "properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":18},"mood":{"enum":["good","bad"]}}}}}
            """);

        var person = JsonDocument.Parse(Content(await AnswerAsync(request))).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(person.GetProperty("name").GetString(), Is.EqualTo("Hello there"));
            Assert.That(person.GetProperty("age").GetInt32(), Is.EqualTo(18));
            Assert.That(person.GetProperty("mood").GetString(), Is.EqualTo("good"));
        });
    }

    [Test]
    public async Task A_json_object_is_answered_by_a_json_object()
    {
        var request = Chat("Say it in JSON");
        request["response_format"] = new JsonObject { ["type"] = "json_object" };

        var content = JsonDocument.Parse(Content(await AnswerAsync(request))).RootElement;

        Assert.That(content.GetProperty("answer").GetString(), Is.EqualTo("Say it in JSON"));
    }

    private static string Content(JsonElement answer) =>
        answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    private static string FinishReason(JsonElement answer) => answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString()!;

    private static int CompletionTokens(JsonElement answer) => answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32();
}
