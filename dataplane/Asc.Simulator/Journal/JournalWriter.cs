using System.Text.Json;

namespace Asc.Simulator.Journal;

/// <summary>Writes recorded requests as the control API shows them.</summary>
internal static class JournalWriter
{
    public static void Write(Utf8JsonWriter json, IEnumerable<RecordedRequest> requests)
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var request in requests)
        {
            WriteRequest(json, request);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, RecordedRequest request)
    {
        json.WriteStartObject();
        json.WriteNumber("n", request.Number);
        json.WriteString("region", request.Region);
        json.WriteString("protocol", request.Protocol);
        json.WriteString("method", request.Method);
        json.WriteString("path", request.Path);
        json.WriteString("query", request.Query);
        json.WriteStartObject("headers");
        foreach (var (name, value) in request.Headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteBase64String("bodyBase64", request.Body.Span);
        json.WriteString("startedAt", request.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
        WriteOutcome(json, request);
        json.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter json, RecordedRequest request)
    {
        if (request.Status is { } status)
        {
            json.WriteNumber("status", status);
        }
        else
        {
            json.WriteNull("status");
        }

        json.WriteBoolean("completed", request.Completed);
        json.WriteBoolean("clientAborted", request.ClientAborted);
        json.WritePropertyName("usage");
        if (request.Usage is { } usage)
        {
            usage.Write(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
