using Asc.Simulator.Faults;

namespace Asc.Simulator.Replies;

/// <summary>How streams of server-sent events begin, get to the client event by event, and break off.</summary>
internal sealed class EventStream(Pacing pacing)
{
    /// <summary>How many content chunks an answer gets to send.</summary>
    public static int ChunksBeforeBreak(Fault? fault) => fault is { BreaksAnswer: true } ? fault.AfterChunks : int.MaxValue;

    public static async Task StartAsync(Exchange exchange, Fault? fault)
    {
        var response = exchange.Context.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        ReplyHeaders.Write(exchange, fault);
        await response.StartAsync(exchange.Aborted);
        await FlushAsync(exchange);
    }

    public static async Task FlushAsync(Exchange exchange)
    {
        // A connection that is gone takes every write without complaint, and RequestAborted may be late to say so.
        var flushed = await exchange.Context.Response.BodyWriter.FlushAsync(exchange.Aborted);
        if (flushed.IsCompleted)
        {
            throw new OperationCanceledException(exchange.Aborted);
        }
    }

    public async Task BreakAsync(Exchange exchange, IEventWriter events, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Cut:
                exchange.Cut();
                break;
            case FaultKind.Stall:
                await pacing.ForeverAsync(exchange.Aborted);
                break;
            case FaultKind.Error:
                events.Failed(exchange.Dialect.Injected(fault.Status));
                break;
            default:
                events.Broken();
                break;
        }
    }
}
