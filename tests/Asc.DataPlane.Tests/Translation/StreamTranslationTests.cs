using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.DataPlane.Tests.Wire;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using CsCheck;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>Whatever a model says, however its provider cuts it and its bytes arrive: a client of another protocol hears the same.</summary>
[TestFixture]
internal sealed class StreamTranslationTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ASC_TEST_LONG") == "1";
    private static readonly AnswerIdentity Identity = new("0193a1", "asked", DateTimeOffset.UnixEpoch, 3, TellsUsage: true);
    private static readonly JsonSerializerOptions[] Escapes = [new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }, new() { Encoder = JavaScriptEncoder.Default }];
    private static readonly Gen<(Said[] Answer, int[] Lengths, int[] Reads, int Escape, bool Interleaves)> Case =
        Gen.Select(Answers.Any, Gen.Int[1, 9].Array[1, 5], Gen.Int[1, 40].Array[1, 9], Gen.Int[0, 1], Gen.Bool);

    [Test]
    public void Anthropics_events_are_heard_as_OpenAIs_chunks() => Case.Sample(
        one =>
        {
            var heard = Hearing.OfChat(Translated(Answers.MessagesStream(one.Answer, one.Lengths, Escapes[one.Escape]), one.Reads, new MessagesTranslationReader(), new ChatChunkWriter(Identity)));
            Assert.That(heard.Said, Is.EqualTo(Joined(one.Answer)));
            Assert.That(heard.Reason, Is.EqualTo(one.Answer.Any(said => said.Name is not null) ? "tool_calls" : "stop"));
            Assert.That((heard.Usage!["prompt_tokens"]!.GetValue<int>(), heard.Usage["completion_tokens"]!.GetValue<int>()), Is.EqualTo((7, 5)));
        },
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void OpenAIs_chunks_are_heard_as_Anthropics_events() => Case.Sample(
        one =>
        {
            var heard = Hearing.OfMessages(Translated(
                Answers.ChatStream(one.Answer, one.Lengths, Escapes[one.Escape], one.Interleaves), one.Reads, new ChatTranslationReader(), new MessagesEventWriter(Identity)));
            Assert.That(heard.Said, Is.EqualTo(Joined(one.Answer)));
            Assert.That(heard.Reason, Is.EqualTo(one.Answer.Any(said => said.Name is not null) ? "tool_use" : "end_turn"));
            Assert.That((heard.Usage!["input_tokens"]!.GetValue<int>(), heard.Usage["output_tokens"]!.GetValue<int>()), Is.EqualTo((7, 5)));
        },
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void Anthropics_events_are_heard_as_Mistrals_chunks() => Case.Sample(
        one => AssertMistral(one.Answer, Translated(Answers.MessagesStream(one.Answer, one.Lengths, Escapes[one.Escape]), one.Reads, new MessagesTranslationReader(), new MistralChunkWriter(Identity))),
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void OpenAIs_chunks_are_heard_as_Mistrals_chunks() => Case.Sample(
        one => AssertMistral(one.Answer, Translated(Answers.ChatStream(one.Answer, one.Lengths, Escapes[one.Escape], one.Interleaves), one.Reads, new ChatTranslationReader(), new MistralChunkWriter(Identity))),
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void Mistrals_chunks_are_heard_as_Anthropics_events() => Case.Sample(
        one =>
        {
            var heard = Hearing.OfMessages(Translated(Answers.MistralStream(one.Answer, one.Lengths, Escapes[one.Escape], one.Interleaves), one.Reads, new ChatTranslationReader(), new MessagesEventWriter(Identity)));
            Assert.That(heard.Said.Select(Meant), Is.EqualTo(Joined(one.Answer).Select(Meant)));
            Assert.That(heard.Reason, Is.EqualTo(one.Answer.Any(said => said.Name is not null) ? "tool_use" : "end_turn"));
        },
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void Mistrals_chunks_are_heard_as_OpenAIs_chunks() => Case.Sample(
        one =>
        {
            var heard = Hearing.OfChat(Translated(Answers.MistralStream(one.Answer, one.Lengths, Escapes[one.Escape], one.Interleaves), one.Reads, new ChatTranslationReader(), new ChatChunkWriter(Identity)));
            Assert.That(heard.Said.Select(Meant), Is.EqualTo(Joined(one.Answer).Select(Meant)));
            Assert.That(heard.Reason, Is.EqualTo(one.Answer.Any(said => said.Name is not null) ? "tool_calls" : "stop"));
        },
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void Anthropics_events_are_heard_as_a_response() => Case.Sample(
        one => AssertResponse(one.Answer, Translated(Answers.MessagesStream(one.Answer, one.Lengths, Escapes[one.Escape]), one.Reads, new MessagesTranslationReader(), new ResponsesEventWriter(Identity))),
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void OpenAIs_chunks_are_heard_as_a_response() => Case.Sample(
        one => AssertResponse(one.Answer, Translated(Answers.ChatStream(one.Answer, one.Lengths, Escapes[one.Escape], one.Interleaves), one.Reads, new ChatTranslationReader(), new ResponsesEventWriter(Identity))),
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void A_response_s_events_are_heard_as_OpenAIs_chunks() => Case.Sample(
        one =>
        {
            var heard = Hearing.OfChat(Translated(ResponsesStream(one), one.Reads, new ResponsesTranslationReader(), new ChatChunkWriter(Identity)));
            Assert.That(heard.Said, Is.EqualTo(Joined(one.Answer)));
            Assert.That(heard.Reason, Is.EqualTo(one.Answer.Any(said => said.Name is not null) ? "tool_calls" : "stop"));
        },
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void A_response_s_events_are_heard_as_Anthropics_events() => Case.Sample(
        one =>
        {
            var heard = Hearing.OfMessages(Translated(ResponsesStream(one), one.Reads, new ResponsesTranslationReader(), new MessagesEventWriter(Identity)));
            Assert.That(Joined(heard.Said), Is.EqualTo(Joined(one.Answer)));
            Assert.That(heard.Reason, Is.EqualTo(one.Answer.Any(said => said.Name is not null) ? "tool_use" : "end_turn"));
        },
        iter: IsLong ? 100_000 : 1000);

    [Test]
    public void A_response_s_events_are_heard_as_Mistrals_chunks() => Case.Sample(
        one => AssertMistral(one.Answer, Translated(ResponsesStream(one), one.Reads, new ResponsesTranslationReader(), new MistralChunkWriter(Identity))),
        iter: IsLong ? 100_000 : 1000);

    private static string ResponsesStream((Said[] Answer, int[] Lengths, int[] Reads, int Escape, bool Interleaves) one) =>
        Answers.ResponsesStream(one.Answer, one.Lengths, Escapes[one.Escape], one.Interleaves, inPieces: one.Reads[0] % 4 != 0);

    // Texts between calls are items of their own: all of them are one to compare.
    private static void AssertResponse(Said[] answer, string stream)
    {
        var heard = Hearing.OfResponses(stream);
        Assert.That(Joined(heard.Said), Is.EqualTo(Joined(answer)));
        Assert.That((heard.Reason, heard.Usage!["input_tokens"]!.GetValue<int>(), heard.Usage["output_tokens"]!.GetValue<int>()), Is.EqualTo(("completed", 7, 5)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_response_that_declines_has_its_parts_in_the_order_in_which_they_began(bool declinesFirst)
    {
        string[] pieces = ["{\"refusal\":\"no\"}", "{\"content\":\"but\"}"];
        var deltas = (declinesFirst ? pieces : pieces.Reverse()).Select(piece => $"data: {{\"choices\":[{{\"index\":0,\"delta\":{piece}}}]}}\n\n");
        var stream = Translated(string.Concat(deltas) + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n", [100], new ChatTranslationReader(), new ResponsesEventWriter(Identity));

        Assert.That(Hearing.OfResponses(stream).Said.Single().Content, Is.EqualTo(declinesFirst ? "nobut" : "butno"));
        Assert.That(stream.Split("\"content_index\":0").Length, Is.EqualTo(stream.Split("\"content_index\":1").Length), "each part is begun, grown and ended at its own place");
    }

    [Test]
    public void It_does_not_matter_at_which_byte_a_stream_is_cut()
    {
        Said[] answer = [new(null, "é😀"), new("tool", "{\"ü\":\"}\\\"\"}")];
        string[] streams = [Answers.MessagesStream(answer, [1], Escapes[0]), Answers.ChatStream(answer, [1], Escapes[0], interleaves: false), Answers.MistralStream(answer, [1], Escapes[0], inPieces: false)];
        foreach (var stream in streams)
        {
            var isMessages = stream.StartsWith("event", StringComparison.Ordinal);
            for (var cut = 1; cut < Encoding.UTF8.GetByteCount(stream); cut++)
            {
                AnswerReader Reader() => isMessages ? new MessagesTranslationReader() : new ChatTranslationReader();
                var translated = Translated(stream, [cut, int.MaxValue], Reader(), isMessages ? new ChatChunkWriter(Identity) : new MessagesEventWriter(Identity));
                Assert.That((isMessages ? Hearing.OfChat(translated) : Hearing.OfMessages(translated)).Said, Is.EqualTo(answer));
                Assert.That(Hearing.OfMistral(Translated(stream, [cut, int.MaxValue], Reader(), new MistralChunkWriter(Identity))).Said, Is.EqualTo(answer));
            }
        }
    }

    [Test]
    public void Nor_does_it_for_a_response([Values] bool inPieces)
    {
        Said[] answer = [new(null, "é😀"), new("tool", "{\"ü\":\"}\\\"\"}")];
        var stream = Answers.ResponsesStream(answer, [1], Escapes[0], interleaves: false, inPieces);
        for (var cut = 1; cut < Encoding.UTF8.GetByteCount(stream); cut++)
        {
            string To(AnswerWriter writer) => Translated(stream, [cut, int.MaxValue], new ResponsesTranslationReader(), writer);
            Assert.That(Hearing.OfChat(To(new ChatChunkWriter(Identity))).Said, Is.EqualTo(answer));
            Assert.That(Hearing.OfMessages(To(new MessagesEventWriter(Identity))).Said, Is.EqualTo(answer));
            Assert.That(Hearing.OfMistral(To(new MistralChunkWriter(Identity))).Said, Is.EqualTo(answer));
        }
    }

    private static void AssertMistral(Said[] answer, string translated)
    {
        var heard = Hearing.OfMistral(translated);
        Assert.That(heard.Said, Is.EqualTo(Joined(answer)));
        Assert.That(heard.Reason, Is.EqualTo(answer.Any(said => said.Name is not null) ? "tool_calls" : "stop"));
        Assert.That((heard.Usage!["prompt_tokens"]!.GetValue<int>(), heard.Usage["completion_tokens"]!.GetValue<int>(), heard.Usage["total_tokens"]!.GetValue<int>()), Is.EqualTo((7, 5, 12)));
    }

    // Arguments that came as an object mean the same, and may be written otherwise.
    private static Said Meant(Said said) => said.Name is null ? said : said with { Content = JsonNode.Parse(said.Content)!.ToJsonString() };

    // Chat completions have one text, before the calls; blocks of text in a row are one to a client.
    private static Said[] Joined(Said[] answer)
    {
        var text = string.Concat(answer.Where(said => said.Name is null).Select(said => said.Content));
        return [.. text.Length == 0 ? [] : new[] { new Said(null, text) }, .. answer.Where(said => said.Name is not null)];
    }

    // A stream counts the same whether it is translated or passed on.
    private static StreamEvent PassedThrough(AnswerReader reader, ReadOnlySpan<byte> data) => reader switch
    {
        MessagesTranslationReader => MessagesEventReader.Read(data),
        ResponsesTranslationReader => ResponsesEventReader.Read(data),
        _ => ChatChunkReader.Read(data),
    };

    private static void AssertSame(in StreamEvent translated, in StreamEvent passed)
    {
        Assert.That(
            (translated.GeneratedBytes > 0, translated.Finished, translated.IsEnd, translated.IsError, translated.Usage, translated.PromptUsage, translated.OutputTokens),
            Is.EqualTo((passed.GeneratedBytes > 0, passed.Finished, passed.IsEnd, passed.IsError, passed.Usage, passed.PromptUsage, passed.OutputTokens)));
    }

    private static string Translated(string stream, int[] reads, AnswerReader reader, AnswerWriter writer)
    {
        var client = new ArrayBufferWriter<byte>();
        writer.Output = client;
        using var events = new SseReader(new PiecewiseStream(Encoding.UTF8.GetBytes(stream), reads), 1 << 20);
        while (events.Add(events.ReadAsync().AsTask().GetAwaiter().GetResult()))
        {
            while (events.NextEvent() is { IsEmpty: false } next)
            {
                AssertSame(reader.ReadEvent(SseEvent.DataOf(next.Span), writer), PassedThrough(reader, SseEvent.DataOf(next.Span)));
            }
        }

        writer.End(new(7, 0, 0, 5, 0, Estimated: false));
        return Encoding.UTF8.GetString(client.WrittenSpan);
    }
}
