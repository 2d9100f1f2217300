using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>A provider that has OpenAI's responses. They are asked for by their own clients, and for others by what a model takes its tools by.</summary>
internal sealed class ResponsesProvider : ProviderDialect
{
    private static readonly ReadOnlyMemory<byte> KeepsNothing = ",\"store\":false"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> False = "false"u8.ToArray();
    private readonly OutputBound outputBound = new("max_output_tokens");

    /// <inheritdoc/>
    /// <remarks>
    /// Who doesn't say otherwise has the answer kept there, which policy does not permit: ASC says so in its stead. Then what the model thought is nowhere but in the answer, so that it
    /// is asked for, which OpenAI refuses of models that don't think.
    /// </remarks>
    public override BodyPieces Body(GatewayExchange exchange, CompiledCandidate candidate, bool withoutReasoning)
    {
        ref readonly var request = ref exchange.Request;
        var body = ReasoningItems.LeftOut(exchange, withSealed: withoutReasoning);
        return BodyEdits.Apply(
            body,
            BodyEdit.At(request.Model, candidate.UpstreamModelJson),
            request.Store.IsEmpty ? BodyEdit.Before(request.End, KeepsNothing) : BodyEdit.At(request.Store, False),
            request.AsksToKeepNothing || candidate.Model.Traits!.Efforts == ReasoningEffort.Unsaid ? BodyEdit.None(body) : SealedReasoning.AskedFor(body, request),
            outputBound.EditFor(exchange, candidate));
    }

    public override void WriteBody(Utf8JsonWriter writer, Conversation said, in TranslationTarget target) => ResponsesBodyWriter.Write(writer, said, target);

    public override AnswerReader NewAnswerReader(BegunAnswer begun = default) => new ResponsesTranslationReader();

    public override bool CanLeaveReasoningOut => true;

    public override bool AsksForUsageItself(GatewayExchange exchange) => false;

    public override StreamEvent ReadEvent(ReadOnlySpan<byte> data) => ResponsesEventReader.Read(data);

    public override bool IsEnd(ReadOnlySpan<byte> data)
    {
        try
        {
            return !data.IsEmpty && ResponsesEventReader.Read(data).IsEnd;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Cut off, and so no end.
            return false;
        }
    }

    public override WholeAnswer ReadAnswer(ReadOnlySpan<byte> answer) => ChatUsageReader.ReadAnswer(answer);

    public override ProviderComplaint Complaint(ReadOnlySpan<byte> body) => ErrorMessage.Nested(body);
}
