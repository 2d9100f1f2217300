using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>A provider that speaks OpenAI: OpenAI itself, and Azure.</summary>
internal class OpenAiProvider : ProviderDialect
{
    private readonly IUsageInjection usage;
    private readonly OutputBound outputBound;

    public OpenAiProvider(IUsageInjection usage)
        : this(usage, "max_completion_tokens")
    {
    }

    /// <param name="usage">Whether it is asked for usage in the caller's stead.</param>
    /// <param name="outputField">The field that says how long an answer may be.</param>
    protected OpenAiProvider(IUsageInjection usage, string outputField) => (this.usage, outputBound) = (usage, new(outputField));

    public override BodyPieces Body(GatewayExchange exchange, CompiledCandidate candidate, bool withoutReasoning) => exchange.Endpoint!.Operation == Operation.ChatCompletions
        ? ForwardedChatBody.Of(Forwarded(exchange, withoutReasoning), exchange.Request, candidate.UpstreamModelJson, usage.IsNeeded(exchange.Request), outputBound.EditFor(exchange, candidate))
        : ForwardedBody.Of(exchange.Body.Memory, exchange.Request, candidate.UpstreamModelJson);

    /// <summary>What of the request's body reaches the provider.</summary>
    protected virtual ReadOnlyMemory<byte> Forwarded(GatewayExchange exchange, bool withoutReasoning) => SignedReasoning.LeftOut(exchange);

    public override void WriteBody(Utf8JsonWriter writer, Conversation said, in TranslationTarget target) => ChatBodyWriter.Write(writer, said, target);

    public override AnswerReader NewAnswerReader(BegunAnswer begun = default) => new ChatTranslationReader();

    public override bool AsksForUsageItself(GatewayExchange exchange) => usage.IsNeeded(exchange.Request);

    public override StreamEvent ReadEvent(ReadOnlySpan<byte> data) => ChatChunkReader.Read(data);

    public override bool IsEnd(ReadOnlySpan<byte> data) => data.SequenceEqual("[DONE]"u8);

    public override WholeAnswer ReadAnswer(ReadOnlySpan<byte> answer) => ChatUsageReader.ReadAnswer(answer);

    public override ProviderComplaint Complaint(ReadOnlySpan<byte> body) => ErrorMessage.Nested(body);
}
