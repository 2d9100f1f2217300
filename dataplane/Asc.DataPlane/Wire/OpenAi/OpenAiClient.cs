using System.Text.Json;
using Asc.DataPlane.Rates;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>A client that speaks OpenAI (facts: <c>error</c> object, <c>x-ratelimit-*</c>, <c>x-request-id</c>).</summary>
internal class OpenAiClient : ClientDialect
{
    public override string RequestIdHeader => "x-request-id";

    public override ReadOnlyMemory<byte> ErrorEvent(GatewayError error, in StreamSoFar stream) => (byte[])[.. "data: "u8, .. ErrorBody(error, stream.Answer.RequestId).Span, .. "\n\n"u8];

    public override void WriteLimits(IHeaderDictionary headers, TightestLimits limits, TimeProvider clock)
    {
        var now = Ticks.Now(clock);
        if (limits.Requests is { } requests)
        {
            headers["x-ratelimit-limit-requests"] = requests.ValueHeader;
            headers["x-ratelimit-remaining-requests"] = Number(limits.RequestsLeft);
            headers["x-ratelimit-reset-requests"] = OpenAiSpan.Of(requests.Counter.TimeToFull(now));
        }

        if (limits.Tokens is { } tokens)
        {
            headers["x-ratelimit-limit-tokens"] = tokens.ValueHeader;
            headers["x-ratelimit-remaining-tokens"] = Number(limits.TokensLeft);
            headers["x-ratelimit-reset-tokens"] = OpenAiSpan.Of(tokens.Counter.TimeToFull(now));
        }
    }

    protected override void WriteModelList(Utf8JsonWriter writer, IReadOnlyList<CompiledName> names, DateTimeOffset createdAt, IQueryCollection query)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        foreach (var name in names)
        {
            WriteModel(writer, name, createdAt);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    protected override void WriteModel(Utf8JsonWriter writer, CompiledName name, DateTimeOffset createdAt)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, name.Name);
        writer.WriteString("object"u8, "model"u8);
        writer.WriteNumber("created"u8, createdAt.ToUnixTimeSeconds());
        writer.WriteString("owned_by"u8, "asc"u8);
        writer.WriteEndObject();
    }

    protected override void WriteError(Utf8JsonWriter writer, GatewayError error, string requestId)
    {
        writer.WriteStartObject();
        WriteErrorMember(writer, error);
        writer.WriteEndObject();
    }

    protected static void WriteErrorMember(Utf8JsonWriter writer, GatewayError error)
    {
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, error.Code.Describe().OpenAiType);
        writer.WriteString("param"u8, error.Parameter);
        writer.WriteString("code"u8, error.Code.WireName());
        WriteProviderCode(writer, error);
        writer.WriteEndObject();
    }
}
