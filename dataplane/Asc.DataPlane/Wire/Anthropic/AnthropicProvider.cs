using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>A provider that speaks Anthropic messages.</summary>
internal sealed class AnthropicProvider : ProviderDialect
{
    public override void AddHeaders(IHeaderDictionary client, UpstreamHeaders upstream) => AnthropicHeaders.Forward(client, upstream);

    /// <inheritdoc/>
    /// <remarks>The caller's own bytes, but for the model's name.</remarks>
    public override BodyPieces Body(GatewayExchange exchange, CompiledCandidate candidate)
    {
        var (body, model) = (exchange.Body.Memory, exchange.Request.Model);
        var pieces = default(BodyPieces);
        pieces[0] = body[..model.Start];
        pieces[1] = candidate.UpstreamModelJson;
        pieces[2] = body[model.End..];
        return pieces;
    }

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

    public override string? ErrorMessage(ReadOnlySpan<byte> body) => Wire.ErrorMessage.Nested(body);
}
