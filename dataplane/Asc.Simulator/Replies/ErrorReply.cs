using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Dialects;
using Asc.Simulator.Faults;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Replies;

/// <summary>Sends an error in the protocol's shape.</summary>
internal static class ErrorReply
{
    public static async Task SendAsync(Exchange exchange, IProviderError error, Fault? fault = null)
    {
        var body = Write(error, exchange.RequestId);
        var response = exchange.Context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        ReplyHeaders.Write(exchange, fault);
        await response.StartAsync(exchange.Aborted);
        response.BodyWriter.Write(body.Span);
    }

    private static ReadOnlyMemory<byte> Write(IProviderError error, string requestId)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body, WireJson.Writing);
        error.Write(json, requestId);
        json.Flush();
        return body.WrittenMemory;
    }
}
