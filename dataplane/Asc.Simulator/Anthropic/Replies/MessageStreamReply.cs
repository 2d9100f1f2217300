using Asc.Simulator.Anthropic.Answers;
using Asc.Simulator.Faults;
using Asc.Simulator.Replies;

namespace Asc.Simulator.Anthropic.Replies;

/// <summary>Sends an answer as server-sent events, or breaks off as a fault demands.</summary>
internal sealed class MessageStreamReply(EventStream events, Pacing pacing)
{
    public async Task SendAsync(Exchange exchange, MessageAnswer answer, Fault? fault)
    {
        var withUsage = fault?.Kind != FaultKind.NoUsage;
        using var writer = new MessageEventWriter(exchange.Context.Response.BodyWriter, answer, exchange.RequestId, withUsage);
        await EventStream.StartAsync(exchange, fault);
        exchange.Usage = answer.UsageOf(0, 0);
        var chunks = EventStream.ChunksBeforeBreak(fault);
        if (chunks > 0)
        {
            await pacing.FirstTokenAsync(exchange.Aborted);
            writer.MessageStart();
            await EventStream.FlushAsync(exchange);
            writer.Ping();
            await EventStream.FlushAsync(exchange);
            await new BlockStream(exchange, answer, writer, pacing, chunks).SendAsync();
        }

        if (fault is { BreaksAnswer: true })
        {
            await events.BreakAsync(exchange, writer, fault);
            return;
        }

        writer.MessageDelta();
        await EventStream.FlushAsync(exchange);

        // Left unflushed; see RequestRecorder.
        writer.MessageStop();
    }
}
