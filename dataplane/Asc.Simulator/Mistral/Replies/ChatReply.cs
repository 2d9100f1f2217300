using Asc.Simulator.Faults;
using Asc.Simulator.Mistral.Answers;
using Asc.Simulator.Replies;

namespace Asc.Simulator.Mistral.Replies;

/// <summary>Sends an answer whole or as server-sent events, at a model's pace, or breaks off as a fault demands.</summary>
internal sealed class ChatReply(EventStream events, Pacing pacing, JsonReply json)
{
    public Task SendAsync(Exchange exchange, ChatAnswer answer, bool stream, Fault? fault) =>
        stream ? StreamAsync(exchange, answer, fault) : SendWholeAsync(exchange, answer, fault);

    private async Task SendWholeAsync(Exchange exchange, ChatAnswer answer, Fault? fault)
    {
        await pacing.FirstTokenAsync(exchange.Aborted);
        exchange.Usage = answer.Usage;
        await json.SendAsync(exchange, ChatJsonWriter.Write(answer, withUsage: fault?.Kind != FaultKind.NoUsage), fault);
    }

    private async Task StreamAsync(Exchange exchange, ChatAnswer answer, Fault? fault)
    {
        using var chunks = new ChatChunkWriter(exchange.Context.Response.BodyWriter, answer, withUsage: fault?.Kind != FaultKind.NoUsage);
        await EventStream.StartAsync(exchange, fault);
        var breakAfter = EventStream.ChunksBeforeBreak(fault);
        exchange.Usage = answer.UsageOf(0, 0);
        if (breakAfter > 0)
        {
            await pacing.FirstTokenAsync(exchange.Aborted);
            await SendDeltasAsync(exchange, answer, chunks, breakAfter);
        }

        if (fault is { BreaksAnswer: true })
        {
            await events.BreakAsync(exchange, chunks, fault);
            return;
        }

        foreach (var choice in answer.Choices)
        {
            chunks.Finish(choice);
            await EventStream.FlushAsync(exchange);
        }

        exchange.Usage = answer.Usage;

        // Left unflushed; see RequestRecorder.
        chunks.Done();
    }

    private async Task SendDeltasAsync(Exchange exchange, ChatAnswer answer, ChatChunkWriter chunks, int breakAfter)
    {
        foreach (var choice in answer.Choices)
        {
            chunks.Role(choice);
            await EventStream.FlushAsync(exchange);
        }

        var (sent, thought) = (0, 0);
        foreach (var delta in ChatDelta.Of(answer).Take(breakAfter))
        {
            if (sent > 0)
            {
                await pacing.NextChunkAsync(exchange.Aborted);
            }

            chunks.Delta(delta);
            await EventStream.FlushAsync(exchange);
            thought += delta.IsThinking ? 1 : 0;
            exchange.Usage = answer.UsageOf(++sent, thought);
        }
    }
}
