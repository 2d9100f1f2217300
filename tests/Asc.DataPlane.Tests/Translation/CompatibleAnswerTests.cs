using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What servers that resemble OpenAI say in their own way, piece by piece and whole.</summary>
[TestFixture]
internal sealed class CompatibleAnswerTests
{
    private static readonly AnswerIdentity Identity = new("0193a1", "asked", DateTimeOffset.UnixEpoch, 3, TellsUsage: true);

    [TestCase("\"reasoning\":\"hm\",\"reasoning_content\":\"hm\"", TestName = "By both names")]
    [TestCase("\"reasoning_content\":\"hm\",\"reasoning\":\"hm\"", TestName = "By both names, the other first")]
    [TestCase("\"reasoning\":\"\",\"reasoning_content\":\"hm\"", TestName = "By one name, and nothing by the other")]
    [TestCase("\"reasoning\":null,\"reasoning_content\":\"hm\"", TestName = "By one name, and null by the other")]
    [TestCase("\"reasoning\":\"hm\"", TestName = "By the shorter name")]
    public void Thoughts_are_heard_once(string thoughts)
    {
        var whole = JsonNode.Parse(Whole($"{{\"choices\":[{{\"index\":0,\"message\":{{\"content\":\"ho\",{thoughts}}},\"finish_reason\":\"stop\"}}]}}", new ChatCompletionWriter(Identity)))!;
        Assert.That(whole["choices"]![0]!["message"]!["reasoning_content"]!.GetValue<string>(), Is.EqualTo("hm"));

        var chunk = $"{{\"choices\":[{{\"index\":0,\"delta\":{{{thoughts}}}}}]}}";
        var (stream, told) = Streamed([chunk, chunk], new ChatChunkWriter(Identity));
        Assert.That(stream.Split("\"reasoning_content\":\"hm\"").Length - 1, Is.EqualTo(2), stream);
        Assert.That(told.Select(one => one.GeneratedBytes), Is.EqualTo(new[] { 2, 2 }));
    }

    [Test]
    public void A_call_of_a_function_is_a_call_of_a_tool()
    {
        var message = JsonNode.Parse(Whole("{\"choices\":[{\"index\":0,\"message\":{\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}},\"finish_reason\":\"function_call\"}]}", new MessageWriter(Identity)))!;
        var call = message["content"]!.AsArray().Single()!;
        Assert.That((call["type"]!.GetValue<string>(), call["name"]!.GetValue<string>(), call["input"]!.ToJsonString(), message["stop_reason"]!.GetValue<string>()), Is.EqualTo(("tool_use", "f", "{\"a\":1}", "tool_use")));
        Assert.That(call["id"]!.GetValue<string>(), Is.Not.Empty, "it has none, and is answered by it");
    }

    [TestCase("{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}", TestName = "A function's call in one piece")]
    [TestCase("{\"name\":\"f\",\"arguments\":\"\"}", "{\"arguments\":\"{\\\"a\\\"\"}", "{\"arguments\":\":1}\"}", TestName = "A function's call in pieces")]
    [TestCase("{\"name\":\"f\",\"arguments\":\"{\\\"a\\\"\"}", "{\"name\":\"f\",\"arguments\":\":1}\"}", TestName = "A function's call in pieces that each name it")]
    public void A_streamed_call_of_a_function_is_one(params string[] pieces)
    {
        var (stream, told) = Streamed(
            [.. pieces.Select(static piece => $"{{\"choices\":[{{\"index\":0,\"delta\":{{\"function_call\":{piece}}}}}]}}"), "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"function_call\"}]}"],
            new MessagesEventWriter(Identity));
        var heard = Hearing.OfMessages(stream);
        Assert.That((heard.Said.Single(), heard.Reason), Is.EqualTo((new Said("f", "{\"a\":1}"), "tool_use")));
        Assert.That(told.Sum(static one => one.GeneratedBytes), Is.GreaterThan(0), "it costs what it costs");
    }

    [Test]
    public void No_reason_is_no_end()
    {
        var (stream, told) = Streamed(["{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\"}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}"], new MessagesEventWriter(Identity));
        Assert.That(told.Select(static one => one.Finished), Is.EqualTo(new[] { false, true }));
        Assert.That(Hearing.OfMessages(stream).Said.Single().Content, Is.EqualTo("ab"));
    }

    [Test]
    public void An_answer_that_failed_is_none()
    {
        Assert.Throws<AnswerFailedException>(() => Whole("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"},\"finish_reason\":\"error\"}]}", new MessageWriter(Identity)));
        var (_, told) = Streamed(["{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}"], new MessagesEventWriter(Identity));
        Assert.That(told.Select(static one => one.IsError), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void What_a_piece_of_a_call_costs_does_not_grow_with_the_calls()
    {
        const int count = 40_000;
        var (translation, client) = (new CallTranslation(new ChatTranslationReader(), new ChatChunkWriter(Identity)), new PooledBody());
        var piece = (int index, string function) => Encoding.UTF8.GetBytes($"{{\"choices\":[{{\"index\":0,\"delta\":{{\"tool_calls\":[{{\"index\":{index},\"function\":{function}}}]}}}}]}}");
        for (var index = 0; index < count; index++)
        {
            translation.PassEvent(piece(index, "{\"name\":\"f\"}"), client);
        }

        var more = piece(0, "{\"arguments\":\"1\"}");
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            translation.PassEvent(more, client);
        }

        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(1)), "the first call of so many");
    }

    private static string Whole(string answer, AnswerWriter writer)
    {
        var translation = new CallTranslation(new ChatTranslationReader(), writer);
        translation.PassWhole(Encoding.UTF8.GetBytes(answer), default);
        return Encoding.UTF8.GetString(translation.Answer.Span);
    }

    private static (string Stream, List<StreamEvent> Told) Streamed(string[] chunks, AnswerWriter writer)
    {
        var (translation, client) = (new CallTranslation(new ChatTranslationReader(), writer), new PooledBody());
        var told = chunks.Select(chunk => translation.PassEvent(Encoding.UTF8.GetBytes(chunk), client)).ToList();
        translation.EndStream(default, client);
        return (Encoding.UTF8.GetString(client.Span), told);
    }
}
