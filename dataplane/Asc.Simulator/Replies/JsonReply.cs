using System.Buffers;
using Asc.Simulator.Faults;

namespace Asc.Simulator.Replies;

/// <summary>Sends a JSON answer, or breaks it as a fault demands.</summary>
internal sealed class JsonReply(Pacing pacing)
{
    public async Task SendAsync(Exchange exchange, ReadOnlyMemory<byte> body, Fault? fault)
    {
        if (fault?.Kind == FaultKind.Stall)
        {
            await pacing.ForeverAsync(exchange.Aborted);
        }

        var sent = fault?.Kind == FaultKind.Malformed ? exchange.Dialect.BrokenJson : body;
        var response = exchange.Context.Response;
        response.ContentType = "application/json";
        response.ContentLength = sent.Length;
        ReplyHeaders.Write(exchange, fault);
        await response.StartAsync(exchange.Aborted);
        if (fault?.Kind == FaultKind.Cut)
        {
            await response.BodyWriter.WriteAsync(sent[..(sent.Length / 2)], exchange.Aborted);
            exchange.Cut();
            return;
        }

        // Left unflushed; see RequestRecorder.
        response.BodyWriter.Write(sent.Span);
    }
}
