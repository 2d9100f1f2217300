using System.Buffers;
using System.Text;
using Asc.Simulator.Faults;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>Sends a JSON answer, or breaks it as a fault demands.</summary>
internal sealed class JsonReply(OpenAiHeaders headers, Pacing pacing)
{
    private static readonly byte[] NotJson = Encoding.UTF8.GetBytes("""{"id":"chatcmpl-broken","choices":[{"ind""");

    public async Task SendAsync(Exchange exchange, ReadOnlyMemory<byte> body, Fault? fault)
    {
        if (fault?.Kind == FaultKind.Stall)
        {
            await pacing.ForeverAsync(exchange.Aborted);
        }

        var sent = fault?.Kind == FaultKind.Malformed ? NotJson : body;
        var response = exchange.Context.Response;
        response.ContentType = "application/json";
        response.ContentLength = sent.Length;
        headers.Write(exchange, fault);
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
