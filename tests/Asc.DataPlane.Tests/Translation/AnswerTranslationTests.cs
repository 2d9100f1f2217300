using System.Text;
using System.Text.Json.Nodes;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What providers answer that others have no word for, or say otherwise (facts: 3.2, 3.3, 3.5), whole and streamed.</summary>
[TestFixture]
internal sealed class AnswerTranslationTests
{
    private static readonly AnswerIdentity Identity = new("0193a1", "asked", DateTimeOffset.UnixEpoch, 3, TellsUsage: true);

    [TestCase("[]", "end_turn", "", "stop")]
    [TestCase("[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]", "end_turn", "ab", "stop")]
    [TestCase("[{\"type\":\"text\",\"text\":\"a\"}]", "pause_turn", "a", "stop")]
    [TestCase("[{\"type\":\"text\",\"text\":\"a\"}]", "unheard_of", "a", "stop")]
    [TestCase("[{\"type\":\"text\",\"text\":\"a\"}]", "model_context_window_exceeded", "a", "length")]
    [TestCase("[{\"type\":\"unheard_of\",\"text\":\"x\"},{\"type\":\"text\",\"text\":\"a\",\"citations\":[{\"type\":\"x\"}]},{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{\"q\":1}},{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[{\"type\":\"text\",\"text\":\"y\"}]}]", "end_turn", "a", "stop")]
    public void What_Claude_says_is_heard_and_what_nobody_else_knows_is_passed_over(string content, string reason, string text, string finish)
    {
        var choice = Whole($"{{\"type\":\"message\",\"content\":{content},\"stop_reason\":\"{reason}\"}}", new MessagesTranslationReader(), new ChatCompletionWriter(Identity))["choices"]![0]!;
        Assert.That((choice["message"]!["content"]!.GetValue<string>(), choice["finish_reason"]!.GetValue<string>(), choice["message"]!["tool_calls"]), Is.EqualTo((text, finish, (JsonNode?)null)));
    }

    [TestCase("pause_turn")]
    [TestCase("unheard_of")]
    public void Events_blocks_and_reasons_that_nobody_knows_are_passed_over(string reason)
    {
        var heard = Hearing.OfChat(Streamed(
            [
                "{\"type\":\"message_start\",\"message\":{}}", "{\"type\":\"unheard_of\",\"delta\":{\"text\":\"x\"}}", "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"fallback\",\"text\":\"x\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"unheard_of_delta\",\"value\":\"x\"}}", "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}}",
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}}", "{\"type\":\"content_block_stop\",\"index\":1}",
                "{\"type\":\"message_start\",\"message\":{}}", "{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}", "{\"type\":\"content_block_stop\",\"index\":2}",
                $"{{\"type\":\"message_delta\",\"delta\":{{\"stop_reason\":\"{reason}\"}}}}", "{\"type\":\"message_stop\"}",
            ],
            new MessagesTranslationReader(), new ChatChunkWriter(Identity)));
        Assert.That((heard.Said.Single(), heard.Reason), Is.EqualTo((new Said(null, "a"), "stop")));
    }

    [TestCase("null", "stop", "[]", "end_turn")]
    [TestCase("\"\"", "stop", "[]", "end_turn")]
    [TestCase("[]", "stop", "[]", "end_turn")]
    [TestCase("\"a\"", "unheard_of", "[{\"type\":\"text\",\"text\":\"a\"}]", "end_turn")]
    [TestCase("\"a\",\"tool_calls\":[]", "stop", "[{\"type\":\"text\",\"text\":\"a\"}]", "end_turn")]
    [TestCase("\"a\",\"tool_calls\":null", "stop", "[{\"type\":\"text\",\"text\":\"a\"}]", "end_turn")]
    [TestCase("null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]", "stop", "[{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"caller\":{\"type\":\"direct\"},\"input\":{}}]", "tool_use")]
    [TestCase("\"\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]", "stop", "[{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"caller\":{\"type\":\"direct\"},\"input\":{\"a\":1}}]", "tool_use")]
    [TestCase("null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"cut\"}}]", "length", "[{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"caller\":{\"type\":\"direct\"},\"input\":{}}]", "max_tokens")]
    public void What_a_chat_completion_says_is_a_message(string content, string finish, string expected, string reason)
    {
        var message = Whole($"{{\"choices\":[{{\"index\":0,\"message\":{{\"role\":\"assistant\",\"content\":{content}}},\"finish_reason\":\"{finish}\"}}]}}", new ChatTranslationReader(), new MessageWriter(Identity));
        Assert.That((message["content"]!.ToJsonString(), message["stop_reason"]!.GetValue<string>()), Is.EqualTo((expected, reason)));
    }

    [Test]
    public void Arguments_that_are_cut_off_are_heard_as_far_as_they_go()
    {
        var chat = Hearing.OfMessages(Streamed(
            ["{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"cu\"}}]}}]}", "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}", "[DONE]"],
            new ChatTranslationReader(), new MessagesEventWriter(Identity)));
        Assert.That((chat.Said.Single(), chat.Reason), Is.EqualTo((new Said("f", "{\"a\":\"cu"), "max_tokens")));

        var messages = Hearing.OfChat(Streamed(
            [
                "{\"type\":\"message_start\",\"message\":{}}", "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\\\"cu\"}}", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"}}",
            ],
            new MessagesTranslationReader(), new ChatChunkWriter(Identity)));
        Assert.That((messages.Said.Single(), messages.Reason), Is.EqualTo((new Said("f", "{\"a\":\"cu"), "length")));
    }

    [Test]
    public void A_text_and_a_call_may_come_in_one_chunk_after_one_without_choices()
    {
        var heard = Hearing.OfMessages(Streamed(
            [
                "{\"choices\":[],\"id\":\"\",\"model\":\"\",\"object\":\"\",\"created\":0,\"prompt_filter_results\":[{\"prompt_index\":0}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\",\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"stop\"}]}",
                "[DONE]",
            ],
            new ChatTranslationReader(), new MessagesEventWriter(Identity)));
        Assert.That(heard.Said, Is.EqualTo(new[] { new Said(null, "a"), new Said("f", "{}") }));
        Assert.That(heard.Reason, Is.EqualTo("tool_use"), "whatever the server calls it");
    }

    [Test]
    public void A_provider_at_work_keeps_each_protocols_clients_waiting_in_its_own_way()
    {
        const string ping = "{\"type\":\"ping\"}", thought = "{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"}}]}";
        AnswerWriter[] writers = [new ChatChunkWriter(Identity), new MistralChunkWriter(Identity), new ResponsesEventWriter(Identity)];
        Assert.That(writers.Select(writer => Event(ping, new MessagesTranslationReader(), writer)), Is.All.EqualTo(": ping\n\n"), "an event would reach the application");
        Assert.That(Event(thought, new ChatTranslationReader(), new MessagesEventWriter(Identity)), Does.EndWith("event: ping\ndata: {\"type\":\"ping\"}\n\n"), "thoughts that could not be sent back are not heard");
    }

    [Test]
    public void Who_has_calls_whole_at_their_end_is_kept_waiting_meanwhile()
    {
        var (translation, client) = (new CallTranslation(new MessagesTranslationReader(), new MistralChunkWriter(Identity)), new PooledBody());
        foreach (var data in (string[])["{\"type\":\"message_start\",\"message\":{}}", "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}}", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}}"])
        {
            client.Clear();
            translation.PassEvent(Encoding.UTF8.GetBytes(data), client);
            Assert.That(client.Span.IsEmpty, Is.False, data);
        }

        Assert.That(Encoding.UTF8.GetString(client.Span), Is.EqualTo(": ping\n\n"));
    }

    [Test]
    public void Claudes_first_thought_is_heard_with_what_makes_it_known_again()
    {
        var message = Whole(
            "{\"type\":\"message\",\"content\":[{\"type\":\"redacted_thinking\",\"data\":\"d\"},{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"thinking\",\"thinking\":\"so\",\"signature\":\"t\"},{\"type\":\"text\",\"text\":\"a\"}],\"stop_reason\":\"end_turn\"}",
            new MessagesTranslationReader(), new ChatCompletionWriter(Identity))["choices"]![0]!["message"]!;
        Assert.That((message["content"]!.GetValue<string>(), message["reasoning_content"]!.GetValue<string>(), message["reasoning_signature"]!.GetValue<string>()), Is.EqualTo(("a", "hm", "2.s")), "whose it is says the identity of an answer with a target");
    }

    [Test]
    public void Usage_is_told_in_each_protocols_algebra()
    {
        TokenUsage used = new(43, 100, 18, 9, 4, Estimated: false) { LongCacheWrite = 6 };
        const string claude = "{\"type\":\"message\",\"content\":[],\"stop_reason\":\"end_turn\"}", gpt = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";
        Assert.That(
            Whole(claude, new MessagesTranslationReader(), new ChatCompletionWriter(Identity), used)["usage"]!.ToJsonString(),
            Is.EqualTo("{\"prompt_tokens\":161,\"completion_tokens\":9,\"total_tokens\":170,\"prompt_tokens_details\":{\"cached_tokens\":100,\"cache_write_tokens\":18},\"completion_tokens_details\":{\"reasoning_tokens\":4}}"));
        Assert.That(
            Whole(gpt, new ChatTranslationReader(), new MessageWriter(Identity), used)["usage"]!.ToJsonString(),
            Is.EqualTo("{\"input_tokens\":43,\"cache_creation_input_tokens\":18,\"cache_creation\":{\"ephemeral_5m_input_tokens\":12,\"ephemeral_1h_input_tokens\":6},\"cache_read_input_tokens\":100,\"output_tokens\":9,\"output_tokens_details\":{\"thinking_tokens\":4}}"));
    }

    [Test]
    public void What_a_message_stream_says_of_its_usage_at_its_end_holds()
    {
        var meter = new UsageMeter();
        meter.Report(MessagesEventReader.Read("{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":43,\"cache_creation_input_tokens\":5,\"cache_read_input_tokens\":6,\"output_tokens\":1}}}"u8));
        meter.Report(MessagesEventReader.Read("{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":3}}"u8));
        Assert.That(meter.Settle(0), Is.EqualTo(new TokenUsage(43, 6, 5, 3, 0, Estimated: false)));
        meter.Report(MessagesEventReader.Read("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"input_tokens\":61,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":7,\"output_tokens\":9}}"u8));
        Assert.That(meter.Settle(0), Is.EqualTo(new TokenUsage(61, 7, 0, 9, 0, Estimated: false)));
    }

    private static JsonNode Whole(string answer, AnswerReader reader, AnswerWriter writer, TokenUsage usage = default)
    {
        var translation = new CallTranslation(reader, writer);
        translation.PassWhole(Encoding.UTF8.GetBytes(answer), usage);
        return JsonNode.Parse(translation.Answer.Span)!;
    }

    private static string Event(string data, AnswerReader reader, AnswerWriter writer)
    {
        var client = new PooledBody();
        new CallTranslation(reader, writer).PassEvent(Encoding.UTF8.GetBytes(data), client);
        return Encoding.UTF8.GetString(client.Span);
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
