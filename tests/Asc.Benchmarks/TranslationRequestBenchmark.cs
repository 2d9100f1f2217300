using System.Buffers;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Asc.Benchmarks;

/// <summary>A request's body: read, and sent on as it came, or in another protocol's words.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class TranslationRequestBenchmark
{
    private static readonly ReadOnlyMemory<byte> ModelJson = "\"upstream\""u8.ToArray();
    private readonly ArrayBufferWriter<byte> sent = new(1 << 20);
    private readonly OpenAiProvider openAi = new(new UsageInjection());
    private readonly AnthropicProvider anthropic = new();
    private CompiledModelTraits traits = null!;
    private byte[] chat = [];
    private byte[] messages = [];

    /// <summary>Turns; half as many tools.</summary>
    [Params(2, 200)]
    public int Turns { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        (chat, messages) = (TranslationBodies.Chat(Turns, Turns / 2), TranslationBodies.Messages(Turns, Turns / 2));
        traits = PolicyCompiler.Compile(
            new([new("p", ProviderProtocol.OpenAi, "https://p.example", "s", "eu")], [new("m", [new("p", "m")])], [], [new("acme", ["m"], AllowedRegions: ["eu"], Id: "t")]), 1).FindName("m")!.Candidates[0].Model.Traits!;
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("chat")]
    public int ChatAsItCame() => Forward(ApiEndpoint.ChatCompletions, chat);

    [Benchmark]
    [BenchmarkCategory("chat")]
    public int ChatToMessages() => Translate(ApiEndpoint.ChatCompletions, chat, anthropic);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("messages")]
    public int MessagesAsItCame() => Forward(ApiEndpoint.Messages, messages);

    [Benchmark]
    [BenchmarkCategory("messages")]
    public int MessagesToChat() => Translate(ApiEndpoint.Messages, messages, openAi);

    private int Forward(ApiEndpoint endpoint, byte[] body)
    {
        Expect(endpoint.Read(body, out var request));
        sent.ResetWrittenCount();
        foreach (var piece in ForwardedBody.Of(body, request, ModelJson))
        {
            sent.Write(piece.Span);
        }

        return sent.WrittenCount;
    }

    private int Translate(ApiEndpoint endpoint, byte[] body, ProviderDialect provider)
    {
        Expect(endpoint.Read(body, out var request));
        sent.ResetWrittenCount();
        CallTranslation.WriteRequest(body, endpoint.ReadConversation!, provider, new(ModelJson, traits, request.Shape.Features, request.MaxOutput.Asked, request.Stream), sent);
        return sent.WrittenCount;
    }

    private static void Expect(DataPlane.GatewayError? error)
    {
        if (error is not null)
        {
            throw new InvalidOperationException(error.Message);
        }
    }
}
