using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>A provider that speaks OpenAI chat completions.</summary>
internal sealed class OpenAiProvider(IUsageInjection usage) : ProviderDialect
{
    private readonly OutputBound outputBound = new("max_completion_tokens");

    public override BodyPieces Body(GatewayExchange exchange, CompiledCandidate candidate) => ForwardedChatBody.Of(
        exchange.Body.Memory, exchange.Request, candidate.UpstreamModelJson, usage.IsNeeded(exchange.Request), outputBound.MemberFor(exchange, candidate));

    public override void WriteBody(Utf8JsonWriter writer, Conversation said, in TranslationTarget target) => ChatBodyWriter.Write(writer, said, target);

    public override AnswerReader NewAnswerReader() => new ChatTranslationReader();

    public override bool AsksForUsageItself(GatewayExchange exchange) => usage.IsNeeded(exchange.Request);

    public override StreamEvent ReadEvent(ReadOnlySpan<byte> data) => ChatChunkReader.Read(data);

    public override bool IsEnd(ReadOnlySpan<byte> data) => data.SequenceEqual("[DONE]"u8);

    public override WholeAnswer ReadAnswer(ReadOnlySpan<byte> answer) => ChatUsageReader.ReadAnswer(answer);

    public override string? ErrorMessage(ReadOnlySpan<byte> body) => Wire.ErrorMessage.Nested(body);
}
