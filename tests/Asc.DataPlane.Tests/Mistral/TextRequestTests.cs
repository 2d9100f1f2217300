using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;

namespace Asc.DataPlane.Tests.Mistral;

/// <summary>What Mistral has beside chats: completions between two texts, for which no provider of another protocol stands, and embeddings.</summary>
[TestFixture]
internal sealed class TextRequestTests : MistralFixture
{
    private const string Fim = "/mistral/v1/fim/completions";
    private const string Embeddings = "/mistral/v1/embeddings";
    private const string Between = "{\"model\":\"codestral\",\"prompt\":\"def f(\",\"suffix\":\"return a\"}";
    private const string Texts = "{\"input\":[\"one\",\"two\"], \"model\":\"embed\"}";

    [Test]
    public async Task What_stands_between_two_texts_is_completed([Values] bool streams)
    {
        var asked = streams ? Between[..^1] + ",\"stream\":true}" : Between;

        using var response = await SendAsync(asked, path: Fim);

        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        var seen = simulator.Requests.Items.Single();
        Assert.That((seen.Path, Encoding.UTF8.GetString(seen.Body.Span)), Is.EqualTo(("/eu/mistral/v1/fim/completions", asked.Replace("\"codestral\"", "\"codestral-2508\"", StringComparison.Ordinal))));
        var answer = JsonNode.Parse(streams ? text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^2]["data: ".Length..] : text)!;
        var (record, billed) = (await RecordAsync(), (await SeenAsync()).Usage!);
        Assert.That((answer["model"]!.GetValue<string>(), answer["usage"]!["completion_tokens"]!.GetValue<long>()), Is.EqualTo(("codestral-2508", billed.OutputTokens)));
        Assert.That((record.Outcome, record.Endpoint, record.Stream), Is.EqualTo((Outcome.Ok, "POST /mistral/v1/fim/completions", streams)));
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output, record.Usage.Estimated), Is.EqualTo((billed.InputTokens, billed.OutputTokens, false)));
    }

    [TestCase("\"encoding_format\":\"float\"", System.Text.Json.JsonValueKind.Array)]
    [TestCase("\"encoding_format\":\"base64\"", System.Text.Json.JsonValueKind.String)]
    public async Task Texts_are_embedded_and_only_what_was_read_counts(string field, object kind)
    {
        using var response = await SendAsync(Texts[..^1] + "," + field + "}", path: Embeddings);

        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        Assert.That(answer["data"]!.AsArray().Select(item => item!["embedding"]!.GetValueKind()), Is.All.EqualTo(kind).And.Exactly(2).Items);
        Assert.That(simulator.Requests.Items.Single().Path, Is.EqualTo("/eu/mistral/v1/embeddings"));
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Endpoint, record.UpstreamModel), Is.EqualTo((Outcome.Ok, "POST /mistral/v1/embeddings", "mistral-embed")));
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output, record.Usage.Estimated), Is.EqualTo((answer["usage"]!["prompt_tokens"]!.GetValue<long>(), 0L, false)));
    }

    [Test]
    public async Task A_bound_of_answers_is_told_of_what_is_generated_and_nothing_else()
    {
        await EnforceAsync(static tenant => tenant.Limits = new() { MaxOutputTokens = 100 });
        foreach (var (path, body) in new[] { (Fim, Between), (Fim, Between[..^1] + ",\"max_tokens\":null}"), (Embeddings, Texts) })
        {
            using var response = await SendAsync(body, path: path);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        }

        Assert.That(simulator.Requests.Items.Select(seen => JsonNode.Parse(seen.Body.Span)!["max_tokens"]?.GetValue<int>()), Is.EqualTo(new int?[] { 100, 100, null }));
    }

    [Test]
    public async Task Who_does_not_speak_Mistral_completes_nothing_between_two_texts()
    {
        var error = await AssertRefusedAsync(Asking("{\"model\":\"gpt\",\"prompt\":\"x\"}", Fim), 400, "unsupported_feature", "invalid_request_error");
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain(Fim));
        Assert.That((await RecordAsync()).Rule, Is.EqualTo("provider.protocol"));
    }

    [TestCase(Fim, "{\"model\":\"codestral\"}", "invalid_request", "prompt")]
    [TestCase(Fim, "{\"model\":\"codestral\",\"suffix\":\"x\"}", "invalid_request", "prompt")]
    [TestCase(Fim, "{\"prompt\":\"x\"}", "invalid_request", "model")]
    [TestCase(Fim, "{\"model\":\"codestral\",\"prompt\":\"x\",\"max_tokens\":0}", "invalid_request", "max_tokens")]
    [TestCase(Fim, "{\"model\":\"codestral\",\"prompt\":\"x\",\"stream\":1}", "invalid_request", "stream")]
    [TestCase(Fim, "{\"model\":\"codestral\",\"prompt\":\"x\",\"agent_id\":\"a\"}", "unsupported_feature", "agent_id")]
    [TestCase(Embeddings, "{\"model\":\"embed\"}", "invalid_request", "input")]
    [TestCase(Embeddings, "{\"model\":\"embed\",\"input\":7}", "invalid_request", "input")]
    [TestCase(Embeddings, "{\"model\":\"embed\",\"input\":\"x\",\"input\":\"y\"}", "invalid_request", "")]
    [TestCase(Embeddings, "[", "invalid_request", "")]
    public async Task What_can_not_be_served_is_told_with_its_place(string path, string body, string code, string parameter) =>
        await AssertRefusedAsync(Asking(body, path), 400, code, "invalid_request_error", parameter);

    [Test]
    public void A_request_that_passes_allocates_nothing()
    {
        var (fim, texts) = (Encoding.UTF8.GetBytes(Between), Encoding.UTF8.GetBytes(Texts));
        FimRequestReader.Read(fim, out _);
        EmbeddingsRequestReader.ReadMistrals(texts, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        FimRequestReader.Read(fim, out _);
        EmbeddingsRequestReader.ReadMistrals(texts, out _);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
