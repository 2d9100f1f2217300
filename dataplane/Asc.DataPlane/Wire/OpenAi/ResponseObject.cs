using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>A response that another protocol's provider gives (facts: 2.2, 3.7).</summary>
internal sealed class ResponseObject(AnswerIdentity answer)
{
    private ResponseEcho? echo;

    public List<ResponseItem> Items { get; } = [];

    /// <summary>Why it ended; null: it goes on.</summary>
    public FinishReason? Reason { get; private set; }

    /// <summary>Why it failed; null: it did not.</summary>
    public GatewayError? Error { get; init; }

    /// <summary>The id that the provider has given it; null: none.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Whether it was cut short.</summary>
    public bool IsIncomplete => Reason is FinishReason.Length || (Reason is FinishReason.Refusal && !Items.Exists(static item => item.Refusal.WrittenCount > 0));

    public ResponseItem Add(byte[] callId, byte[] name)
    {
        var kind = callId.Length > 0 ? "fc_" : "msg_";
        Items.Add(new(answer.Id(kind) + $"{Items.Count:x2}", Items.Count, callId, name));
        return Items[^1];
    }

    /// <summary>It ends. Where it is cut short, so is what it was saying.</summary>
    public void Finish(FinishReason reason)
    {
        Reason = reason;
        if (IsIncomplete && Items is [.., var last])
        {
            last.IsCut = true;
        }
    }

    /// <param name="writer">What it is written to.</param>
    /// <param name="usage">Null while it goes on.</param>
    public void Write(Utf8JsonWriter writer, TokenUsage? usage)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, ProviderId ?? answer.Id("resp_"));
        writer.WriteString("object"u8, "response"u8);
        writer.WriteNumber("created_at"u8, answer.CreatedAt.ToUnixTimeSeconds());
        writer.WriteString("status"u8, Error is not null ? "failed"u8 : Reason is null ? "in_progress"u8 : IsIncomplete ? "incomplete"u8 : "completed"u8);
        WriteError(writer);
        if (IsIncomplete)
        {
            writer.WriteStartObject("incomplete_details"u8);
            writer.WriteString("reason"u8, Reason == FinishReason.Length ? "max_output_tokens"u8 : "content_filter"u8);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("incomplete_details"u8);
        }

        writer.WriteString("model"u8, answer.Model);
        writer.WriteStartArray("output"u8);
        foreach (var item in usage is null ? [] : Items)
        {
            item.Write(writer);
        }

        writer.WriteEndArray();
        (echo ??= new(answer)).Write(writer);
        writer.WritePropertyName("usage"u8);
        WriteUsage(writer, usage);
        writer.WriteEndObject();
    }

    private void WriteError(Utf8JsonWriter writer)
    {
        if (Error is null)
        {
            writer.WriteNull("error"u8);
            return;
        }

        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, Error.Code.WireName());
        writer.WriteString("message"u8, Error.Message);
        writer.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter writer, TokenUsage? told)
    {
        if (told is not { } usage)
        {
            writer.WriteNullValue();
            return;
        }

        var input = usage.Input + usage.CachedRead + usage.CacheWrite;
        writer.WriteStartObject();
        writer.WriteNumber("input_tokens"u8, input);
        writer.WriteStartObject("input_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.CachedRead);
        writer.WriteNumber("cache_write_tokens"u8, usage.CacheWrite);
        writer.WriteStartObject("cache_write_tokens_details"u8);
        writer.WriteNumber("ttl_30m_tokens"u8, usage.CacheWrite - usage.LongCacheWrite);
        writer.WriteNumber("ttl_12h_tokens"u8, usage.LongCacheWrite);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens"u8, usage.Output);
        writer.WriteStartObject("output_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.Reasoning);
        writer.WriteEndObject();
        writer.WriteNumber("total_tokens"u8, input + usage.Output);
        writer.WriteEndObject();
    }
}
