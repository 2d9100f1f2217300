using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire;

/// <summary>Errors in the shape of the client's own protocol.</summary>
internal static class ErrorBodies
{
    // The body is JSON and never part of a page: quotes may be read as quotes.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <paramref name="error"/> as the whole answer.</summary>
    public static async ValueTask WriteAsync(HttpContext http, GatewayError error)
    {
        var response = http.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        if (error.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Resilience.RetryAfter.Format(wait);
        }

        if (!error.RetryMayHelp)
        {
            response.Headers["x-should-retry"] = "false";
        }

        var body = OpenAi(error);
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>The error as an event of a stream that has begun.</summary>
    public static ReadOnlyMemory<byte> OpenAiEvent(GatewayError error) => (byte[])[.. "data: "u8, .. OpenAi(error).Span, .. "\n\n"u8];

    private static ReadOnlyMemory<byte> OpenAi(GatewayError error)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Readable);
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, error.Code.Describe().OpenAiType);
        writer.WriteString("param"u8, error.Parameter);
        writer.WriteString("code"u8, error.Code.WireName());
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
