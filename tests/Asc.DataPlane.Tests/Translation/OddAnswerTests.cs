using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What no decent provider answers, and fuzzing found: the client's protocol is kept all the same.</summary>
[TestFixture]
internal sealed class OddAnswerTests
{
    private const string Nameless = "{\"choices\":[{\"index\":0,\"message\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"arguments\":\"{}\"}},{\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"c\\\":1}\"}}]},\"finish_reason\":\"tool_calls\"}]}";
    private static readonly AnswerIdentity Identity = new("0193a1", "asked", DateTimeOffset.UnixEpoch, 3, TellsUsage: true);

    [Test]
    public void A_call_without_a_name_is_none_and_the_next_one_keeps_its_arguments()
    {
        var answer = JsonNode.Parse(Whole(Nameless, new ChatTranslationReader(), new MessageWriter(Identity)))!;
        Assert.That(answer["content"]!.ToJsonString(), Is.EqualTo("[{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"f\",\"caller\":{\"type\":\"direct\"},\"input\":{\"c\":1}}]"));
    }

    [Test]
    public void What_a_call_says_before_its_name_is_kept_and_is_not_copied_with_each_chunk()
    {
        const int count = 20_000;
        var chunk = (string function) => $"{{\"choices\":[{{\"index\":0,\"delta\":{{\"tool_calls\":[{{\"index\":0,\"id\":\"a\",\"function\":{function}}}]}}}}]}}";
        var before = GC.GetAllocatedBytesForCurrentThread();
        var heard = Hearing.OfMessages(Streamed([chunk("{\"arguments\":\"[\"}"), .. Enumerable.Repeat(chunk("{\"arguments\":\"12345678,\"}"), count), chunk("{\"name\":\"f\",\"arguments\":\"9]\"}")], new ChatTranslationReader(), new MessagesEventWriter(Identity)));
        Assert.That(heard.Said.Single().Content, Has.Length.EqualTo((9 * count) + 3));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(50_000_000), "each copy would be 180 KB by the end");
    }

    [Test]
    public void Bytes_that_are_no_text_are_not_passed_on()
    {
        byte[] noText = [.. "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\""u8, 0xC3, .. "\"}}]}"u8];
        Assert.Throws<JsonException>(() => new CallTranslation(new ChatTranslationReader(), new MessageWriter(Identity)).PassWhole(noText, default));
        Assert.Throws<JsonException>(() => new CallTranslation(new ChatTranslationReader(), new MessagesEventWriter(Identity)).PassEvent(noText, new PooledBody()));
    }

    [TestCase("[DONE]", TestName = "A stream of nothing but its end")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}", TestName = "A text that does not say why it ended")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\"}}]}}]}", TestName = "A call that does not say why it ended")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"more\"}}]}", TestName = "More after the reason")]
    public void Chunks_out_of_order_make_a_message_in_order(params string[] chunks)
    {
        var heard = Hearing.OfMessages(Streamed(chunks, new ChatTranslationReader(), new MessagesEventWriter(Identity)));
        Assert.That(heard.Reason, Is.EqualTo(heard.Said is [{ Name: not null }] ? "tool_use" : "end_turn"));
        Assert.That(heard.Said.Any(said => said.Content is "more" or ""), Is.False);
    }

    [TestCase("{\"type\":\"message_stop\"}", TestName = "A message of nothing but its end")]
    [TestCase("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"hi\"}}", TestName = "A message without its beginning")]
    [TestCase("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"more\"}}", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}", TestName = "More after its reason")]
    [TestCase("{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\"}}", "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"hi\"}}", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}", TestName = "A call whose block is not closed")]
    public void Events_out_of_order_make_a_chat_completion_in_order(params string[] events)
    {
        var heard = Hearing.OfChat(Streamed(events, new MessagesTranslationReader(), new ChatChunkWriter(Identity)));
        Assert.That(heard.Reason, Is.EqualTo("stop"));
        Assert.That(heard.Said.Any(said => said.Content is "more" or ""), Is.False);
    }

    private static string Whole(string answer, AnswerReader reader, AnswerWriter writer)
    {
        var translation = new CallTranslation(reader, writer);
        translation.PassWhole(Encoding.UTF8.GetBytes(answer), default);
        return Encoding.UTF8.GetString(translation.Answer.Span);
    }

    private static string Streamed(string[] events, AnswerReader reader, AnswerWriter writer)
    {
        var (translation, client) = (new CallTranslation(reader, writer), new PooledBody());
        foreach (var data in events)
        {
            translation.PassEvent(Encoding.UTF8.GetBytes(data), client);
        }

        translation.EndStream(default, client);
        return Encoding.UTF8.GetString(client.Span);
    }
}
