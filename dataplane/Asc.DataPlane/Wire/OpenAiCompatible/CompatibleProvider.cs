using System.Text.Json;
using Asc.DataPlane.Wire.Embeddings;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAiCompatible;

/// <summary>A server that resembles OpenAI. Not all of them know the newer name of an answer's bound, and all know the older.</summary>
internal sealed class CompatibleProvider(IUsageInjection usage) : OpenAiProvider(usage, OutputField)
{
    private const string OutputField = "max_tokens";

    /// <inheritdoc/>
    /// <remarks>What a model's own configuration says of sampling stands where the request doesn't (vLLM's generation_config).</remarks>
    public override void WriteBody(Utf8JsonWriter writer, Conversation said, in TranslationTarget target) => ChatBodyWriter.Write(writer, said, target, OutputField, hasOwnDefaults: true);

    /// <inheritdoc/>
    /// <remarks>All of it, unless it has been refused: behind such a server may be whoever signed.</remarks>
    protected override ReadOnlyMemory<byte> Forwarded(GatewayExchange exchange, bool withoutReasoning) => withoutReasoning ? base.Forwarded(exchange, withoutReasoning) : exchange.Body.Memory;

    public override bool CanLeaveReasoningOut => true;

    /// <inheritdoc/>
    /// <remarks>Some answer numbers whatever was asked for, and OpenAI's SDKs, which ask for base64 unasked, make no vector of those (facts: 6.1).</remarks>
    public override TranslatedCall? Mend(GatewayExchange exchange, ReadOnlySpan<byte> answer) =>
        exchange.Request.AsksForBase64 && Vectors.AreNumbers(answer) ? new EmbeddingsTranslation(exchange.Endpoint!.Embeds!, AnswerIdentity.Of(exchange), asBase64: true) : null;

    public override ProviderComplaint Complaint(ReadOnlySpan<byte> body) => CompatibleErrors.Complaint(body);
}
