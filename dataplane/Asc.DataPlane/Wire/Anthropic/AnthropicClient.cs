using System.Globalization;
using System.Text.Json;
using Asc.DataPlane.Rates;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>A client that speaks Anthropic: errors as <c>{"type":"error"}</c>, <c>anthropic-ratelimit-*</c>, <c>request-id</c>.</summary>
internal sealed class AnthropicClient : ClientDialect
{
    public override string RequestIdHeader => "request-id";

    public override GatewayError? HeaderProblem(IHeaderDictionary headers) => AnthropicHeaders.Problem(headers);

    public override ReadOnlyMemory<byte> ErrorEvent(GatewayError error, in StreamSoFar stream) =>
        (byte[])[.. "event: error\ndata: "u8, .. ErrorBody(error, stream.Answer.RequestId).Span, .. "\n\n"u8];

    public override void WriteLimits(IHeaderDictionary headers, TightestLimits limits, TimeProvider clock)
    {
        if (limits.Requests is { } requests)
        {
            headers["anthropic-ratelimit-requests-limit"] = requests.ValueHeader;
            headers["anthropic-ratelimit-requests-remaining"] = Number(limits.RequestsLeft);
            headers["anthropic-ratelimit-requests-reset"] = Full(requests, clock);
        }

        if (limits.Tokens is { } tokens)
        {
            headers["anthropic-ratelimit-tokens-limit"] = tokens.ValueHeader;
            headers["anthropic-ratelimit-tokens-remaining"] = Number(limits.TokensLeft);
            headers["anthropic-ratelimit-tokens-reset"] = Full(tokens, clock);
        }
    }

    public override GatewayError? ModelPageProblem(IQueryCollection query) => ModelPage.Problem(query);

    protected override void WriteModelList(Utf8JsonWriter writer, IReadOnlyList<CompiledName> names, DateTimeOffset createdAt, IQueryCollection query)
    {
        var (page, hasMore) = ModelPage.Of(names, query);
        writer.WriteStartObject();
        writer.WriteStartArray("data"u8);
        foreach (var name in page)
        {
            WriteModel(writer, name, createdAt);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("has_more"u8, hasMore);
        writer.WriteString("first_id"u8, page is [var first, ..] ? first.Name : null);
        writer.WriteString("last_id"u8, page is [.., var last] ? last.Name : null);
        writer.WriteEndObject();
    }

    protected override void WriteModel(Utf8JsonWriter writer, CompiledName name, DateTimeOffset createdAt)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "model"u8);
        writer.WriteString("id"u8, name.Name);
        writer.WriteString("display_name"u8, name.Name);
        writer.WriteString("created_at"u8, createdAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    protected override void WriteError(Utf8JsonWriter writer, GatewayError error, string requestId)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "error"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteString("type"u8, TypeOf(error));
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("code"u8, error.Code.WireName());
        WriteProviderCode(writer, error);
        if (error.Parameter is { } parameter)
        {
            writer.WriteString("param"u8, parameter);
        }

        if (error.DetailCode is { } detail)
        {
            writer.WriteStartObject("details"u8);
            writer.WriteString("error_code"u8, detail);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteString("request_id"u8, requestId);
        writer.WriteEndObject();
    }

    // The type goes with the status, which is the provider's.
    private static string TypeOf(GatewayError error) => (error.Code, error.Status) switch
    {
        (ErrorCode.ProviderRejected, 404) => "not_found_error",
        (ErrorCode.ProviderRejected, 413) => "request_too_large",
        (ErrorCode.ProviderError, _) when error.IsOverload => "overloaded_error",
        _ => error.Code.Describe().AnthropicType,
    };

    // RFC 3339, whole seconds, rounded up.
    private static string Full(BoundLimit limit, TimeProvider clock) =>
        clock.GetUtcNow().AddTicks(limit.Counter.TimeToFull(Ticks.Now(clock)) + TimeSpan.TicksPerSecond - 1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
