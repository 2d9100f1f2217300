using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.OpenAi.Responses;

public sealed class AnswerTests : ResponseTest
{
    [Test]
    public async Task An_answer_is_an_echo_that_repeats_the_request()
    {
        var answer = await SaidAsync(With(("instructions", "\"Be brief\""), ("metadata", """{"a":"b"}"""), ("temperature", "0.5"), ("model", "\"gpt-4.1\"")));
        var usage = answer.GetProperty("usage");

        Assert.Multiple(() =>
        {
            Assert.That(Word(answer, "object"), Is.EqualTo("response"));
            Assert.That(Word(answer, "id"), Does.StartWith("resp_"));
            Assert.That(Word(answer, "status"), Is.EqualTo("completed"));
            Assert.That(answer.GetProperty("error").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(answer.GetProperty("incomplete_details").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Text(answer), Does.StartWith("You said: Hello there."));
            Assert.That(Word(Items(answer).Single(), "id"), Does.StartWith("msg_"));
            Assert.That(Word(answer, "instructions"), Is.EqualTo("Be brief"));
            Assert.That(answer.GetProperty("metadata").GetRawText(), Is.EqualTo("""{"a":"b"}"""));
            Assert.That(answer.GetProperty("temperature").GetDouble(), Is.EqualTo(0.5));
            Assert.That(Word(answer, "tool_choice"), Is.EqualTo("auto"));
            Assert.That(answer.GetProperty("text").GetProperty("format").GetRawText(), Is.EqualTo("""{"type":"text"}"""));
            Assert.That(Count(usage, "total_tokens"), Is.EqualTo(Count(usage, "input_tokens") + Count(usage, "output_tokens")));
            Assert.That(usage.GetProperty("input_tokens_details").GetRawText(), Is.EqualTo("""{"cached_tokens":0,"cache_write_tokens":0}"""));
            Assert.That(answer.TryGetProperty("output_text", out _), Is.False);
        });
    }

    [TestCase("""[{"role":"user","content":"Hi"}]""", "You said: Hi.")]
    [TestCase("""[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"},{"type":"input_image","image_url":"u"}]}]""", "You said: Hi.")]
    [TestCase("""[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"output_text","text":"a"}]},{"role":"developer","content":"d"},{"role":"user","content":"Ho"}]""", "You said: Ho.")]
    public async Task Input_may_be_items(string input, string text) => Assert.That(Text(await SaidAsync(With(("input", input)))), Does.StartWith(text));

    [Test]
    public async Task A_tool_is_called_by_an_item_and_its_output_is_answered()
    {
        var request = With(("input", """[{"role":"user","content":"Weather in Berlin?"}]"""), ("tools", Tools));
        var first = await SaidAsync(request);
        var call = Items(first, "function_call").Single();
        Continue(request, first);
        Add(request, new JsonObject { ["type"] = "function_call_output", ["call_id"] = Word(call, "call_id"), ["output"] = "21 degrees" });
        var second = await SaidAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(Word(call, "type"), Is.EqualTo("function_call"));
            Assert.That(Word(call, "id"), Does.StartWith("fc_"));
            Assert.That(Word(call, "call_id"), Does.StartWith("call_"));
            Assert.That(Word(call, "arguments"), Is.EqualTo("""{"city":"Berlin","days":1}"""));
            Assert.That(Word(first, "status"), Is.EqualTo("completed"));
            Assert.That(Text(second), Does.StartWith("The tool answered: 21 degrees."));
        });
    }

    [TestCase("\"none\"", "go", new string[0])]
    [TestCase("\"required\"", "go", new[] { "weather" })]
    [TestCase("""{"type":"function","name":"clock"}""", "go", new[] { "clock" })]
    [TestCase("""{"type":"custom","name":"shell"}""", "go", new[] { "shell" })]
    [TestCase("""{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"clock"}]}""", "go", new[] { "clock" })]
    [TestCase("\"auto\"", "in parallel", new[] { "weather", "clock" })]
    public async Task A_choice_is_honoured(string choice, string input, string[] called)
    {
        var answer = await SaidAsync(With(("input", $"\"{input}\""), ("tools", Tools), ("tool_choice", choice)));

        Assert.That(Items(answer).Where(item => Word(item, "type") is not ("message" or "reasoning")).Select(item => Word(item, "name")), Is.EqualTo(called));
    }

    [Test]
    public async Task A_token_limit_makes_it_incomplete()
    {
        var answer = await SaidAsync(With(("max_output_tokens", "16")));

        Assert.Multiple(() =>
        {
            Assert.That(Word(answer, "status"), Is.EqualTo("incomplete"));
            Assert.That(Word(answer.GetProperty("incomplete_details"), "reason"), Is.EqualTo("max_output_tokens"));
            Assert.That(Word(Items(answer, "message").Single(), "status"), Is.EqualTo("incomplete"));
            Assert.That(Count(answer.GetProperty("usage"), "output_tokens"), Is.EqualTo(16));
        });
    }

    [Test]
    public async Task Magic_words_end_it()
    {
        var refused = await SaidAsync(Ask("ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL"));
        var filtered = await SaidAsync(Ask("SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER"));

        Assert.Multiple(() =>
        {
            Assert.That(Word(Items(refused, "message").Single().GetProperty("content")[0], "refusal"), Does.StartWith("I'm sorry"));
            Assert.That(Word(refused, "status"), Is.EqualTo("completed"));
            Assert.That(Word(filtered.GetProperty("incomplete_details"), "reason"), Is.EqualTo("content_filter"));
        });
    }

    [Test]
    public async Task Structured_text_fits_its_schema() => Assert.That(
        Text(await SaidAsync(With(("text", """{"format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":{"type":"string"}}}}}""")))),
        Is.EqualTo("""{"a":"Hello there"}"""));

    [Test]
    public async Task Reasoning_comes_back_as_it_was_given_to_whom_it_was_given()
    {
        var request = With(("input", """[{"role":"user","content":"Weather in Berlin?"}]"""), ("tools", Tools), ("store", "false"),
            ("include", """["reasoning.encrypted_content"]"""), ("reasoning", """{"effort":"high","summary":"auto"}"""));
        var first = await SaidAsync(request);
        var reasoning = Items(first)[0];
        Continue(request, first);
        Add(request, new JsonObject { ["type"] = "function_call_output", ["call_id"] = Word(Items(first)[1], "call_id"), ["output"] = "ok" });
        await SaidAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(Word(reasoning, "type"), Is.EqualTo("reasoning"));
            Assert.That(Word(reasoning.GetProperty("summary")[0], "type"), Is.EqualTo("summary_text"));
            Assert.That(Count(first.GetProperty("usage").GetProperty("output_tokens_details"), "reasoning_tokens"), Is.EqualTo(64));
        });

        Http.DefaultRequestHeaders.Authorization = new("Bearer", "sk-somebody-else");
        await AssertRefusedAsync(request, null, "invalid_encrypted_content", "could not be verified");
    }

    [Test]
    public async Task Reasoning_without_its_content_is_known_only_if_it_was_stored()
    {
        var request = With(("input", """[{"role":"user","content":"Hi"}]"""), ("reasoning", """{"effort":"low"}"""));
        var stored = await SaidAsync(request);
        Continue(request, stored);
        Add(request, JsonNode.Parse("""{"role":"user","content":"And?"}""")!);
        await SaidAsync(request);

        var reasoning = request["input"]![1]!;
        reasoning["id"] = "rs_unknown";
        await AssertRefusedAsync(request, "input", null, "rs_unknown' not found", status: 404);
    }

    [Test]
    public async Task A_model_that_thinks_tells_of_it_unasked_and_does_not_know_it_again()
    {
        var request = With(("input", """[{"role":"user","content":"Hi"}]"""), ("store", "false"));
        var first = await SaidAsync(request);
        Continue(request, first);
        Add(request, JsonNode.Parse("""{"role":"user","content":"And?"}""")!);

        Assert.That(Items(first).Select(item => Word(item, "type")), Is.EqualTo(new[] { "reasoning", "message" }));
        Assert.That(Items(first)[0].TryGetProperty("encrypted_content", out _), Is.False);
        await AssertRefusedAsync(request, "input", null, $"{Word(Items(first)[0], "id")}' not found", status: 404);
    }

    [TestCase("gpt-5-mini", "\"minimal\"", true)]
    [TestCase("gpt-6-sol", null, true)]
    [TestCase("gpt-6-sol", "\"none\"", false)]
    [TestCase("gpt-5.4", null, false)]
    [TestCase("gpt-5.4", "\"low\"", true)]
    [TestCase("gpt-4.1", null, false)]
    public async Task Who_thinks_tells_of_it(string model, string? effort, bool thinks) => Assert.That(
        Items(await SaidAsync(With([("model", $"\"{model}\""), .. effort is null ? Array.Empty<(string, string)>() : [("reasoning", $"{{\"effort\":{effort}}}")]])), "reasoning").Count,
        Is.EqualTo(thinks ? 1 : 0));

    [Test]
    public async Task A_response_goes_on_from_one_that_was_given()
    {
        var first = await SaidAsync(With(("input", "\"Weather in Berlin?\""), ("tools", Tools)));
        var call = Items(first, "function_call").Single();
        var output = $$"""[{"type":"function_call_output","call_id":"{{Word(call, "call_id")}}","output":"ok"}]""";
        var second = await SaidAsync(With(("previous_response_id", $"\"{Word(first, "id")}\""), ("input", output)));

        Assert.Multiple(() =>
        {
            Assert.That(Text(second), Does.StartWith("The tool answered: ok."));
            Assert.That(Word(second, "previous_response_id"), Is.EqualTo(Word(first, "id")));
            Assert.That(Count(second.GetProperty("usage"), "input_tokens"), Is.GreaterThan(Count(first.GetProperty("usage"), "input_tokens")));
        });
        await AssertRefusedAsync(With(("previous_response_id", $"\"{Word(first, "id")}\"")), "input", null, "No tool output found for function call");
    }

    [Test]
    public async Task A_response_that_was_not_stored_is_not_gone_on_from()
    {
        var first = await SaidAsync(With(("store", "false")));

        await AssertRefusedAsync(With(("previous_response_id", $"\"{Word(first, "id")}\"")), "previous_response_id", "previous_response_not_found");
    }
}
