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
    public void Each_call_of_a_whole_answer_is_one_whatever_its_id([Values("a", "null", "")] string id)
    {
        var call = $"{{\"id\":\"{id}\",\"type\":\"function\",\"function\":{{\"name\":\"f\",\"arguments\":\"{{}}\"}}}}";
        var content = JsonNode.Parse(Whole($"{{\"choices\":[{{\"index\":0,\"message\":{{\"tool_calls\":[{call},{call}]}},\"finish_reason\":\"tool_calls\"}}]}}", new MessageWriter(Identity)))!["content"]!.AsArray();
        Assert.That(content.Select(static one => one!["name"]!.GetValue<string>()), Is.EqualTo(new[] { "f", "f" }));
        Assert.That(content.Select(static one => one!["id"]!.GetValue<string>()).Distinct().Count(), Is.EqualTo(2), "each is answered by its own");
    }

    [TestCase("max_tokens", "max_tokens")]
    [TestCase("MAX_TOKENS", "max_tokens")]
    [TestCase("LENGTH", "max_tokens")]
    [TestCase("eos", "end_turn")]
    public void Why_it_ended_is_heard_in_other_words_too(string said, string heard) =>
        Assert.That(JsonNode.Parse(Whole($"{{\"choices\":[{{\"index\":0,\"message\":{{\"content\":\"a\"}},\"finish_reason\":\"{said}\"}}]}}", new MessageWriter(Identity)))!["stop_reason"]!.GetValue<string>(), Is.EqualTo(heard));

    [TestCase("{\"detail\":\"Your org org-1 has none\"}")]
    [TestCase("{\"message\":\"Internal\",\"code\":500}")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"message\":\"org-1\"}}]}")]
    public void A_complaint_in_a_stream_is_an_error_to_whoever_reads_it(string chunk)
    {
        Assert.That(ChatChunkReader.Read(System.Text.Encoding.UTF8.GetBytes(chunk)).IsError);
        Assert.That(Streamed([chunk], new MessagesEventWriter(Identity)).Told.Single().IsError);
    }

    [TestCase("{\"detail\":\"Your org org-1 has none\"}")]
    [TestCase("{\"choices\":[{\"index\":0,\"message\":{},\"finish_reason\":\"error\",\"error\":{\"message\":\"org-1\"}}]}")]
    [TestCase("{\"id\":\"x\"}")]
    public void What_is_no_answer_is_an_error(string answer)
    {
        Assert.That(ChatUsageReader.ReadAnswer(System.Text.Encoding.UTF8.GetBytes(answer)).IsError);
        Assert.That(MessagesAnswerReader.Read(System.Text.Encoding.UTF8.GetBytes(answer)).IsError);
    }

    [TestCase("{\"prompt_tokens\":null,\"completion_tokens\":null,\"total_tokens\":null}")]
    [TestCase("{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}")]
    public void Usage_of_nothing_is_none(string usage) =>
        Assert.That(ChatUsageReader.ReadAnswer(System.Text.Encoding.UTF8.GetBytes($"{{\"choices\":[],\"usage\":{usage}}}")).Usage, Is.Null);

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
