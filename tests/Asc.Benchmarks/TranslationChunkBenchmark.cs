using System.Buffers;
using System.Text;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Asc.Benchmarks;

/// <summary>A stream's event in its middle: read, and passed on as it came, or in another protocol's words. Nothing is allocated for either.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class TranslationChunkBenchmark
{
    private readonly ArrayBufferWriter<byte> client = new(1 << 16);
    private readonly OpenAiProvider openAi = new(new UsageInjection());
    private readonly AnthropicProvider anthropic = new();
    private CallTranslation toMessages = null!;
    private CallTranslation toChat = null!;
    private byte[] chunk = [];
    private byte[] messagesEvent = [];

    /// <summary>Whether the event holds some of a call's arguments, and not of a text.</summary>
    [Params(false, true)]
    public bool Arguments { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var identity = new AnswerIdentity("0193a1", "asked", DateTimeOffset.UnixEpoch, 3, TellsUsage: true);
        (toMessages, toChat) = (new(openAi.NewAnswerReader(), new MessagesEventWriter(identity)), new(anthropic.NewAnswerReader(), new ChatChunkWriter(identity)));
        const string Fragment = "\\\"city\\\": \\\"Berlin\\\",";
        chunk = Event($"{{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-5-mini-2025-08-07\",\"choices\":[{{\"index\":0,\"delta\":{(Arguments ? $"{{\"tool_calls\":[{{\"index\":0,\"function\":{{\"arguments\":\"{Fragment}\"}}}}]}}" : "{\"content\":\" everyone\"}")},\"logprobs\":null,\"finish_reason\":null}}],\"usage\":null}}", "");
        messagesEvent = Event($"{{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{(Arguments ? $"{{\"type\":\"input_json_delta\",\"partial_json\":\"{Fragment}\"}}" : "{\"type\":\"text_delta\",\"text\":\" everyone\"}")}}}", "event: content_block_delta\n");
        toMessages.PassEvent(Encoding.UTF8.GetBytes($"{{\"choices\":[{{\"index\":0,\"delta\":{(Arguments ? "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}" : "{\"role\":\"assistant\",\"content\":\"Hi\"}")}}}]}}"), client);
        toChat.PassEvent(Encoding.UTF8.GetBytes($"{{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{(Arguments ? "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}}" : "{\"type\":\"text\",\"text\":\"\"}")}}}"), client);
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("chat")]
    public int ChatAsItCame() => Pass(openAi, chunk);

    [Benchmark]
    [BenchmarkCategory("chat")]
    public int ChatToMessages() => Translate(chunk, toMessages);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("messages")]
    public int MessagesAsItCame() => Pass(anthropic, messagesEvent);

    [Benchmark]
    [BenchmarkCategory("messages")]
    public int MessagesToChat() => Translate(messagesEvent, toChat);

    private int Pass(ProviderDialect provider, byte[] text)
    {
        client.ResetWrittenCount();
        var read = provider.ReadEvent(SseEvent.DataOf(text));
        client.Write(text);
        return client.WrittenCount + read.GeneratedBytes;
    }

    private int Translate(byte[] text, CallTranslation translation)
    {
        client.ResetWrittenCount();
        var read = translation.PassEvent(SseEvent.DataOf(text), client);
        return client.WrittenCount + read.GeneratedBytes;
    }

    private static byte[] Event(string data, string head) => Encoding.UTF8.GetBytes($"{head}data: {data}\n\n");
}
