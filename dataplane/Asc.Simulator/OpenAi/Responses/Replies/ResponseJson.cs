using System.Buffers;
using System.Text.Json;
using Asc.Simulator.OpenAi.Responses.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses.Replies;

/// <summary>Writes a <c>response</c> object as it is at some time; it repeats what was asked.</summary>
internal static class ResponseJson
{
    // Those parameters that come back, and what they are where they were not sent.
    private static readonly (string Name, string Default)[] Echoed =
    [
        ("background", "false"), ("instructions", "null"), ("max_output_tokens", "null"), ("max_tool_calls", "null"), ("metadata", "{}"),
        ("parallel_tool_calls", "true"), ("previous_response_id", "null"), ("prompt_cache_key", "null"), ("safety_identifier", "null"),
        ("store", "true"), ("temperature", "1.0"), ("tool_choice", "\"auto\""), ("tools", "[]"), ("top_logprobs", "0"), ("top_p", "1.0"),
        ("truncation", "\"disabled\""), ("user", "null"),
    ];

    /// <summary>The whole response in the end.</summary>
    public static ReadOnlyMemory<byte> Write(ResponseAnswer answer, bool withUsage)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body, WireJson.Writing);
        Write(json, answer, answer.Status, withUsage);
        json.Flush();
        return body.WrittenMemory;
    }

    /// <param name="json">Where to.</param>
    /// <param name="answer">What is said.</param>
    /// <param name="status">How it stands with it; nothing is said before it is completed or incomplete.</param>
    /// <param name="withUsage">Whether usage is told when it has ended.</param>
    /// <param name="error">Why it failed.</param>
    public static void Write(Utf8JsonWriter json, ResponseAnswer answer, string status, bool withUsage, (string Code, string Message)? error = null)
    {
        var hasEnded = status is "completed" or "incomplete";
        json.WriteStartObject();
        json.WriteString("id", answer.Id);
        json.WriteString("object", "response");
        json.WriteNumber("created_at", answer.Chat.Created);
        if (hasEnded)
        {
            json.WriteNumber("completed_at", answer.Chat.Created);
        }

        json.WriteString("status", status);
        WriteError(json, error);
        WriteIncomplete(json, hasEnded ? answer.IncompleteReason : null);
        json.WriteString("model", answer.Request.Model);
        json.WriteStartArray("output");
        foreach (var item in hasEnded ? answer.Items : [])
        {
            ItemJson.Write(json, item, isDone: true);
        }

        json.WriteEndArray();
        WriteRequest(json, answer.Request);
        if (!hasEnded)
        {
            json.WriteNull("usage");
        }
        else if (withUsage)
        {
            json.WritePropertyName("usage");
            answer.Usage.Write(json);
        }

        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, (string Code, string Message)? error)
    {
        if (error is not { } told)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", told.Code);
        json.WriteString("message", told.Message);
        json.WriteEndObject();
    }

    private static void WriteIncomplete(Utf8JsonWriter json, string? reason)
    {
        if (reason is null)
        {
            json.WriteNull("incomplete_details");
            return;
        }

        json.WriteStartObject("incomplete_details");
        json.WriteString("reason", reason);
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, ResponseRequest request)
    {
        foreach (var (name, value) in Echoed)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(request.Body.TryGetPresent(name, out var sent) ? sent.GetRawText() : value);
        }

        json.WriteString("service_tier", "default");
        json.WriteStartObject("reasoning");
        var reasoning = request.Body.TryGetPresent("reasoning", out var asked) ? asked : default;
        json.WriteString("effort", reasoning.ValueKind == JsonValueKind.Object ? reasoning.TextOf("effort") : null);
        json.WriteString("summary", reasoning.ValueKind == JsonValueKind.Object ? reasoning.TextOf("summary") : null);
        json.WriteEndObject();
        json.WriteStartObject("text");
        var text = request.Body.TryGetPresent("text", out var config) ? config : default;
        json.WritePropertyName("format");
        json.WriteRawValue(text.ValueKind == JsonValueKind.Object && text.TryGetPresent("format", out var format) ? format.GetRawText() : """{"type":"text"}""");
        json.WriteString("verbosity", text.ValueKind == JsonValueKind.Object ? text.TextOf("verbosity") ?? "medium" : "medium");
        json.WriteEndObject();
    }
}
