using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>A provider that speaks Mistral. Its streams tell their usage unasked, in the last chunk (facts: 2.4).</summary>
internal sealed class MistralProvider : ProviderDialect
{
    private readonly OutputBound outputBound = new("max_tokens");

    /// <inheritdoc/>
    /// <remarks>The caller's own bytes, but for the model's name and a bound of the output.</remarks>
    public override BodyPieces Body(GatewayExchange exchange, CompiledCandidate candidate, bool withoutReasoning) => ForwardedChatBody.Of(
        exchange.Body.Memory, exchange.Request, candidate.UpstreamModelJson, injectUsage: false, outputBound.EditFor(exchange, candidate));

    public override void WriteBody(Utf8JsonWriter writer, Conversation said, in TranslationTarget target) => MistralBodyWriter.Write(writer, said, target);

    /// <inheritdoc/>
    /// <remarks>It repeats what its answers go on with.</remarks>
    public override AnswerReader NewAnswerReader(BegunAnswer begun = default) => new ChatTranslationReader(begun.IsHeard ? default : begun.Text);

    public override bool AsksForUsageItself(GatewayExchange exchange) => false;

    public override StreamEvent ReadEvent(ReadOnlySpan<byte> data) => ChatChunkReader.Read(data);

    public override bool IsEnd(ReadOnlySpan<byte> data) => data.SequenceEqual("[DONE]"u8);

    public override WholeAnswer ReadAnswer(ReadOnlySpan<byte> answer) => ChatUsageReader.ReadAnswer(answer);

    public override ProviderComplaint Complaint(ReadOnlySpan<byte> body) => MistralErrors.Complaint(body);
}
