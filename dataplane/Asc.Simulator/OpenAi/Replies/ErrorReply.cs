using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Faults;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>Sends an error in the API's shape.</summary>
internal sealed class ErrorReply(OpenAiHeaders headers)
{
    public async Task SendAsync(Exchange exchange, OpenAiError error, Fault? fault = null)
    {
        var body = Write(error);
        var response = exchange.Context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        headers.Write(exchange, fault);
        await response.StartAsync(exchange.Aborted);
        response.BodyWriter.Write(body.Span);
    }

    private static ReadOnlyMemory<byte> Write(OpenAiError error)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body, OpenAiJson.Writing);
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", error.Type);
        json.WriteString("param", error.Param);
        json.WriteString("code", error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
