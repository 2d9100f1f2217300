using System.Text.Json;
using Asc.DataPlane.Rates;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>A client that speaks Mistral: errors without a wrapper, <c>mistral-correlation-id</c>, limits of a minute in <c>x-ratelimit-*-minute</c> (facts: 2.4, 6.3).</summary>
internal sealed class MistralClient : ClientDialect
{
    public override string RequestIdHeader => "mistral-correlation-id";

    public override ReadOnlyMemory<byte> ErrorEvent(GatewayError error, in StreamSoFar stream) => (byte[])[.. "data: "u8, .. ErrorBody(error, stream.Answer.RequestId).Span, .. "\n\n"u8];

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

    // Without its capabilities an entry is of no kind that the SDK knows.
    protected override void WriteModel(Utf8JsonWriter writer, CompiledName name, DateTimeOffset createdAt)
    {
        var able = name.Candidates.Aggregate(Capabilities.None, static (all, candidate) => all | candidate.Model.Traits!.Capabilities);
        writer.WriteStartObject();
        writer.WriteString("id"u8, name.Name);
        writer.WriteString("object"u8, "model"u8);
        writer.WriteNumber("created"u8, createdAt.ToUnixTimeSeconds());
        writer.WriteString("owned_by"u8, "asc"u8);
        writer.WriteString("type"u8, "base"u8);
        // The least: whichever of its models answers takes so much. Where nothing is declared the SDK believes what it likes.
        if (name.Candidates.Select(static candidate => candidate.Model.Traits!.ContextWindow).DefaultIfEmpty(long.MaxValue).Min() is < long.MaxValue and var length)
        {
            writer.WriteNumber("max_context_length"u8, length);
        }

        writer.WriteStartObject("capabilities"u8);
        writer.WriteBoolean("completion_chat"u8, name.Candidates.Any(static candidate => candidate.Serves(Operation.MistralChat)));
        writer.WriteBoolean("completion_fim"u8, name.Candidates.Any(static candidate => candidate.Serves(Operation.MistralFim)));
        writer.WriteBoolean("function_calling"u8, able.HasFlag(Capabilities.Tools));
        writer.WriteBoolean("vision"u8, able.HasFlag(Capabilities.Vision));
        writer.WriteBoolean("reasoning"u8, name.Candidates.Any(static candidate => candidate.Model.Traits!.CanThink));
        writer.WriteBoolean("fine_tuning"u8, false);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    protected override void WriteError(Utf8JsonWriter writer, GatewayError error, string requestId)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "error"u8);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, error.Code.Describe().OpenAiType);
        writer.WriteString("param"u8, error.Parameter);
        writer.WriteString("code"u8, error.Code.WireName());
        WriteProviderCode(writer, error);
        writer.WriteEndObject();
    }
}
