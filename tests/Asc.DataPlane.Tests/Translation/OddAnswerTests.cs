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
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}", "[DONE]", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"more\"},\"finish_reason\":\"length\"}]}", TestName = "More after the reason, and another after the end")]
    public void Chunks_out_of_order_make_a_message_in_order(params string[] chunks)
    {
        var heard = Hearing.OfMessages(Streamed(chunks, new ChatTranslationReader(), new MessagesEventWriter(Identity)));
        Assert.That(heard.Reason, Is.EqualTo(heard.Said is [{ Name: not null }] ? "tool_use" : "end_turn"));
        Assert.That(heard.Said.Any(said => said.Content.Length == 0 || said.Content.Contains("more", StringComparison.Ordinal)), Is.False);
    }

    [TestCase("{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"unheard_of\",\"text\":\"more\"}}", "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"more\"}}", "{\"type\":\"content_block_stop\"}", "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"\"}}", "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"hi\"}}", "{\"type\":\"message_stop\"}", TestName = "A block of a kind that nobody knows")]
    [TestCase("{\"type\":\"message_stop\"}", TestName = "A message of nothing but its end")]
    [TestCase("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"hi\"}}", TestName = "A message without its beginning")]
    [TestCase("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"more\"}}", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}", TestName = "More after its reason")]
    [TestCase("{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\"}}", "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"hi\"}}", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}", TestName = "A call whose block is not closed")]
    public void Events_out_of_order_make_a_chat_completion_in_order(params string[] events)
    {
        var heard = Hearing.OfChat(Streamed(events, new MessagesTranslationReader(), new ChatChunkWriter(Identity)));
        Assert.That(heard.Reason, Is.EqualTo(heard.Said.Any(static said => said.Name is not null) ? "tool_calls" : "stop"));
        Assert.That(heard.Said.Any(said => said.Content.Length == 0 || said.Content.Contains("more", StringComparison.Ordinal)), Is.False);
    }

    [TestCase("[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":[{\"text\":\"x\"}]},{\"type\":\"unheard_of\"}]},{\"type\":\"unheard_of\",\"content\":[{\"text\":\"x\"}]},{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"b\"}]}]", "completed", "null", "[{\"type\":\"text\",\"text\":\"ab\"}]", "end_turn", TestName = "Texts of a response, and what nobody knows")]
    [TestCase("[{\"content\":[{\"refusal\":\"no\",\"type\":\"refusal\"}],\"type\":\"message\"}]", "completed", "null", "[{\"type\":\"text\",\"text\":\"no\"}]", "refusal", TestName = "A response that declines")]
    [TestCase("[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"\"},{\"arguments\":\"{\\\"a\\\":1}\",\"name\":\"g\",\"call_id\":\"d\",\"type\":\"function_call\"}]", "completed", "null",
        "[{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"caller\":{\"type\":\"direct\"},\"input\":{}},{\"type\":\"tool_use\",\"id\":\"d\",\"name\":\"g\",\"caller\":{\"type\":\"direct\"},\"input\":{\"a\":1}}]", "tool_use", TestName = "Calls of a response")]
    [TestCase("[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"}]}]", "incomplete", "{\"reason\":\"max_output_tokens\"}", "[{\"type\":\"text\",\"text\":\"a\"}]", "max_tokens", TestName = "A response that is as long as it may be")]
    [TestCase("[]", "incomplete", "{\"reason\":\"content_filter\"}", "[]", "refusal", TestName = "A response that is filtered")]
    [TestCase("[]", "incomplete", "{\"reason\":\"steered\"}", "[]", "max_tokens", TestName = "A response that is cut short for another reason")]
    public void What_a_response_says_is_a_message(string output, string status, string details, string content, string reason)
    {
        var response = $"{{\"object\":\"response\",\"incomplete_details\":{details},\"output\":{output},\"status\":\"{status}\"}}";
        var message = JsonNode.Parse(Whole(response, new ResponsesTranslationReader(), new MessageWriter(Identity)))!;
        Assert.That((message["content"]!.ToJsonString(), message["stop_reason"]!.GetValue<string>()), Is.EqualTo((content, reason)));
    }

    [Test]
    public void What_a_response_came_to_think_is_heard_where_there_is_a_place_for_it()
    {
        var whole = JsonNode.Parse(Whole("{\"output\":[{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}]}],\"status\":\"completed\"}", new ResponsesTranslationReader(), new ChatCompletionWriter(Identity)))!;
        Assert.That(whole["choices"]![0]!["message"]!["reasoning_content"]!.GetValue<string>(), Is.EqualTo("hm"));
        Assert.That(Streamed(["{\"type\":\"response.reasoning_summary_text.delta\",\"delta\":\"hm\"}"], new ResponsesTranslationReader(), new ChatChunkWriter(Identity)), Does.Contain("\"reasoning_content\":\"hm\""));
    }

    private const string Added = "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"\"}}";
    private const string Done = "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}";
    private const string Delta = "{\"type\":\"response.function_call_arguments.delta\",\"output_index\":0,\"delta\":\"{\\\"a\\\":1}\"}";
    private const string Completed = "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}";

    [TestCase(Added, Delta, Done, Completed, TestName = "A call in its order")]
    [TestCase(Done, Completed, TestName = "A call of which only the end comes")]
    [TestCase(Added, "{\"type\":\"response.function_call_arguments.done\",\"output_index\":0,\"arguments\":\"{\\\"a\\\":1}\"}", Done, Completed, TestName = "A call whose arguments come at once, and twice")]
    [TestCase(Delta, Added, Done, Completed, TestName = "A call that is told of after its arguments")]
    [TestCase(Delta, Done, TestName = "A response that does not say that it is over")]
    [TestCase("{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}", Completed, "{\"type\":\"response.output_text.delta\",\"delta\":\"more\"}", TestName = "A call without a place, and more after the end")]
    [TestCase("{\"type\":\"response.unheard_of.delta\",\"delta\":\"x\"}", "{\"type\":\"response.custom_tool_call_input.delta\",\"delta\":\"x\"}", "{\"type\":\"response.output_item.added\",\"output_index\":7,\"item\":{\"type\":\"web_search_call\"}}", "{\"type\":\"unheard_of\"}", Added, Delta, Completed, TestName = "A call among what nobody knows")]
    public void Events_of_a_response_out_of_order_make_a_message_in_order(params string[] events)
    {
        var heard = Hearing.OfMessages(Streamed(events, new ResponsesTranslationReader(), new MessagesEventWriter(Identity)));
        Assert.That((heard.Said.Single(), heard.Reason), Is.EqualTo((new Said("f", "{\"a\":1}"), "tool_use")));
    }

    [TestCase(100)]
    [TestCase(999)]
    public void Arguments_may_be_deeper_than_a_body(int levels)
    {
        var deep = $"{{\"a\":{new string('[', levels)}{new string(']', levels)}}}";
        var answer = $"{{\"choices\":[{{\"index\":0,\"message\":{{\"tool_calls\":[{{\"id\":\"c\",\"type\":\"function\",\"function\":{{\"name\":\"f\",\"arguments\":\"{deep.Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}}}]}},\"finish_reason\":\"tool_calls\"}}]}}";

        Assert.That(Whole(answer, new ChatTranslationReader(), new MessageWriter(Identity)), Does.Contain("\"input\":" + deep));
    }

    [TestCase("max_output_tokens", "length")]
    [TestCase("content_filter", "content_filter")]
    public void A_response_that_is_cut_short_says_why_at_its_end(string reason, string heard) => Assert.That(
        Hearing.OfChat(Streamed(
            ["{\"type\":\"response.output_text.delta\",\"delta\":\"a\"}", $"{{\"type\":\"response.incomplete\",\"response\":{{\"incomplete_details\":{{\"reason\":\"{reason}\"}},\"status\":\"incomplete\"}}}}"],
            new ResponsesTranslationReader(), new ChatChunkWriter(Identity))).Reason,
        Is.EqualTo(heard));

    [TestCase("{}")]
    [TestCase("{\"choices\":[]}")]
    [TestCase("{\"choices\":null,\"content\":null,\"output\":null}")]
    [TestCase("{\"choices\":{},\"content\":\"\",\"output\":{}}")]
    public void An_object_that_holds_no_answer_is_none(string answer)
    {
        AnswerReader[] readers = [new ChatTranslationReader(), new MessagesTranslationReader(), new ResponsesTranslationReader()];
        Array.ForEach(readers, reader => Assert.Throws<JsonException>(() => Whole(answer, reader, new MessageWriter(Identity)), reader.GetType().Name));
    }

    [Test]
    public void An_answer_of_nothing_is_one_where_its_protocol_has_it()
    {
        Assert.That(Whole("{\"content\":[],\"stop_reason\":\"end_turn\"}", new MessagesTranslationReader(), new ChatCompletionWriter(Identity)), Does.Contain("\"finish_reason\":\"stop\""));
        Assert.That(Whole("{\"output\":[],\"status\":\"completed\"}", new ResponsesTranslationReader(), new MessageWriter(Identity)), Does.Contain("\"stop_reason\":\"end_turn\""));
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
