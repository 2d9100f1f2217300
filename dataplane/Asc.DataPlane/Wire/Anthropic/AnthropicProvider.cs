using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>A provider that speaks Anthropic messages.</summary>
internal sealed class AnthropicProvider : ProviderDialect
{
    public override void AddHeaders(GatewayExchange exchange, CompiledCandidate candidate, UpstreamHeaders upstream)
    {
        if (!candidate.Translates(exchange.Request.Shape))
        {
            AnthropicHeaders.Forward(exchange.Http.Request.Headers, upstream);
        }
        else
        {
            AnthropicHeaders.Choose(TranslationTarget.Of(exchange, candidate).Samples, upstream);
        }
    }

    public override void WriteBody(Utf8JsonWriter writer, Conversation said, in TranslationTarget target) => MessagesBodyWriter.Write(writer, said, target);

    public override AnswerReader NewAnswerReader(BegunAnswer begun = default) => new MessagesTranslationReader(begun.IsHeard ? begun.Text : default);

    public override BodyPieces Body(GatewayExchange exchange, CompiledCandidate candidate, bool withoutReasoning)
    {
        var body = withoutReasoning ? ThinkingBlocks.LeftOut(exchange) : exchange.Body.Memory;
        // To count is not to infer: there is no such field.
        return candidate.Provider.Document.InferenceGeo is { Length: > 0 } place && exchange.Endpoint!.Operation != Operation.CountTokens
            ? InferenceGeo.PutInto(body, exchange.Request, candidate.UpstreamModelJson, place)
            : ForwardedBody.Of(body, exchange.Request, candidate.UpstreamModelJson);
    }

    public override bool CanLeaveReasoningOut => true;

    public override bool AsksForUsageItself(GatewayExchange exchange) => false;

    public override StreamEvent ReadEvent(ReadOnlySpan<byte> data) => MessagesEventReader.Read(data);

    public override bool IsEnd(ReadOnlySpan<byte> data)
    {
        try
        {
            return !data.IsEmpty && MessagesEventReader.Read(data).IsEnd;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Cut off, and so no end.
            return false;
        }
    }

    public override WholeAnswer ReadAnswer(ReadOnlySpan<byte> answer) => MessagesAnswerReader.Read(answer);

    public override ProviderComplaint Complaint(ReadOnlySpan<byte> body) => ErrorMessage.Nested(body);
}
