using System.Text;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>What an answer says of itself.</summary>
/// <param name="RequestId">The request's id, of which the answer's is made.</param>
/// <param name="Model">The model's name as it was asked for.</param>
/// <param name="CreatedAt">When the request came.</param>
/// <param name="PromptTokens">How long the prompt is, estimated.</param>
/// <param name="TellsUsage">Whether the client wants a stream's usage.</param>
internal readonly record struct AnswerIdentity(string RequestId, string Model, DateTimeOffset CreatedAt, long PromptTokens, bool TellsUsage)
{
    public static AnswerIdentity Of(GatewayExchange exchange) => new(
        exchange.RequestId, exchange.RequestedModel!, exchange.StartedAt, exchange.Request.Shape.PromptTokens + exchange.Request.Attachments.Estimate, exchange.Request.AsksForUsage);

    /// <summary>An id of a kind, as <c>msg_…</c>.</summary>
    public string Id(string prefix) => prefix + RequestId.Replace("-", "", StringComparison.Ordinal);

    /// <summary>The model's name as JSON.</summary>
    public byte[] ModelJson => [(byte)'"', .. JsonEncodedText.Encode(Model).EncodedUtf8Bytes, (byte)'"'];

    public byte[] CreatedJson => Encoding.ASCII.GetBytes(CreatedAt.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
}
