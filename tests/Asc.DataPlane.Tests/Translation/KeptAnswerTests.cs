using System.Text.Json.Nodes;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Tests.Providers;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What of a translated stream has its place only later is kept until then, and not without bounds.</summary>
[TestFixture]
internal sealed class KeptAnswerTests : TranslationFixture
{
    private const string Ask = "{\"model\":\"endless\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}";
    private const string AskResponse = "{\"model\":\"endless\",\"input\":\"hi\",\"stream\":true}";

    protected override void Configure(DataPlaneOptions options) => options.KeptAnswerMaximum = 10_000;

    [TestCase("/v1/responses", "\"content\":\"xxxxxxxxxxxxxxxxxxxx\"", TestName = "A response's text")]
    [TestCase("/v1/responses", "\"refusal\":\"xxxxxxxxxxxxxxxxxxxx\"", TestName = "A response's refusal")]
    [TestCase("/v1/responses", "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"xxxxxxxxxxxxxxxxxxxx\"}}]", TestName = "A response's arguments")]
    [TestCase("/v1/responses", "\"tool_calls\":[{\"index\":0,\"id\":\"#\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]", TestName = "Calls without end of a response")]
    [TestCase("/v1/responses", "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"xxxxxxxxxxxxxxxxxxxx\"}}]", TestName = "Arguments of a call that is never named")]
    [TestCase("/mistral/v1/chat/completions", "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"xxxxxxxxxxxxxxxxxxxx\"}}]", TestName = "A call's arguments for Mistral's clients")]
    [TestCase("/mistral/v1/chat/completions", "\"tool_calls\":[{\"index\":0,\"id\":\"#\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]", TestName = "Calls without end for Mistral's clients")]
    [TestCase("/v1/messages", "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}},{\"index\":1,\"id\":\"d\",\"function\":{\"name\":\"g\",\"arguments\":\"xxxxxxxxxxxxxxxxxxxx\"}}]", TestName = "A call that waits for another, for Anthropic's clients")]
    [TestCase("/v1/messages", "\"refusal\":\"xxxxxxxxxxxxxxxxxxxx\"", TestName = "A refusal for Anthropic's clients")]
    public async Task Without_end_ends_the_stream_with_an_error(string path, string delta)
    {
        // The answer's first token is text where what is kept comes to nothing by itself.
        await using var endless = new ScriptedProvider(stream => SayAsync(stream, number => $"{{\"choices\":[{{\"index\":0,\"delta\":{{{delta.Replace("#", $"c{number}", StringComparison.Ordinal)}}}}}]}}"));
        await EnforceAsync(endless);

        using var response = await SendAsync(path, path == "/v1/responses" ? AskResponse : Ask, HttpCompletionOption.ResponseHeadersRead);
        var stream = await ReadAllAsync(response);

        Assert.That(stream, Does.Contain("answer_too_large").And.Contain("10000 bytes"));
        Assert.That(stream, Does.Not.Contain("response.completed").And.Not.Contain("[DONE]").And.Not.Contain("message_stop"));
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Code, record.Usage.Output), Is.EqualTo((Outcome.Failed, "answer_too_large", record.Usage.Output)));
        Assert.That(record.Usage.Output, Is.GreaterThan(0));
        Assert.That(node.Get<HealthBoard>().All.Sum(health => health.Failures), Is.Zero, "the bound is the node's own");
    }

    [Test]
    public async Task What_is_told_as_it_comes_may_be_of_any_length()
    {
        await using var longish = new ScriptedProvider(stream => SayAsync(stream, number => number < 2_000 ? "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"xxxxxxxxxxxxxxxxxxxx\"}}]}" : null));
        await EnforceAsync(longish);

        Assert.That(await StreamAsync("/v1/messages", Ask), Does.Contain("message_stop"));
        Assert.That(await StreamAsync("/mistral/v1/chat/completions", Ask), Does.Contain("[DONE]"));
    }

    [Test]
    public void By_default_it_is_as_much_as_a_body_may_be() => Assert.That(new DataPlaneOptions().KeptAnswerMaximum, Is.EqualTo(new DataPlaneOptions().RequestBodyMaximum));

    private Task EnforceAsync(ScriptedProvider provider)
    {
        var compatible = TestPublisher.Provider("p-endless", "eu", new Uri(provider.Url, "/v1").ToString());
        (compatible.Provider.Protocol, compatible.Provider.Credential.Secret) = (Contracts.Policy.V1.Protocol.OpenaiCompatible, "p-eu");
        return node.Snapshots.InstallAsync(publisher.Publish(90, "eu", [compatible, TestPublisher.Model("endless", "p-endless"), TestPublisher.Tenant("acme", ["endless"], "eu")]), publisher, default);
    }

    // Until nobody listens any more, or there is nothing more to say.
    private static async Task SayAsync(Stream stream, Func<int, string?> chunk)
    {
        await ScriptedProvider.ReadRequestAsync(stream);
        await ScriptedProvider.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
        for (var number = 0; chunk(number) is { } said; number++)
        {
            await ScriptedProvider.SayAsync(stream, $"data: {JsonNode.Parse(said)!.ToJsonString()}\n\n");
        }

        await ScriptedProvider.SayAsync(stream, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    }
}
