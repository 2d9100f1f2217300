using System.Text.Json;
using Asc.DataPlane.Rates;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>A client that speaks Mistral: errors without a wrapper, <c>mistral-correlation-id</c>, limits of a minute in <c>x-ratelimit-*-minute</c> (facts: 2.4, 6.3).</summary>
internal sealed class MistralClient : ClientDialect
{
    public override string RequestIdHeader => "mistral-correlation-id";

    public override ReadOnlyMemory<byte> ErrorEvent(GatewayError error, string requestId) => (byte[])[.. "data: "u8, .. ErrorBody(error, requestId).Span, .. "\n\n"u8];

    public override void WriteLimits(IHeaderDictionary headers, TightestLimits limits, TimeProvider clock)
    {
        if (limits.Requests is { } requests)
        {
            headers["x-ratelimit-limit-req-minute"] = requests.ValueHeader;
            headers["x-ratelimit-remaining-req-minute"] = Number(limits.RequestsLeft);
        }

        if (limits.Tokens is { } tokens)
        {
            headers["x-ratelimit-limit-tokens-minute"] = tokens.ValueHeader;
            headers["x-ratelimit-remaining-tokens-minute"] = Number(limits.TokensLeft);
        }
    }

    protected override void WriteError(Utf8JsonWriter writer, GatewayError error, string requestId)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "error"u8);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, error.Code.Describe().OpenAiType);
        writer.WriteString("param"u8, error.Parameter);
        writer.WriteString("code"u8, error.Code.WireName());
        writer.WriteEndObject();
    }
}
