using Asc.Simulator.Faults;
using Asc.Simulator.OpenAi.Responses.Answers;
using Asc.Simulator.Replies;

namespace Asc.Simulator.OpenAi.Responses.Replies;

/// <summary>Sends a response as server-sent events, at a model's pace, or breaks off as a fault demands.</summary>
internal sealed class ResponseStreamReply(EventStream events, Pacing pacing)
{
    public async Task SendAsync(Exchange exchange, ResponseAnswer answer, Fault? fault)
    {
        using var writer = new ResponseEventWriter(exchange.Context.Response.BodyWriter, answer, withUsage: fault?.Kind != FaultKind.NoUsage);
        await EventStream.StartAsync(exchange, fault);
        exchange.Usage = answer.UsageOf(0, 0);
        var breakAfter = EventStream.ChunksBeforeBreak(fault);
        if (breakAfter > 0)
        {
            writer.Created();
            writer.InProgress();
            await EventStream.FlushAsync(exchange);
            await pacing.FirstTokenAsync(exchange.Aborted);
            await SendItemsAsync(exchange, answer, writer, breakAfter);
        }

        if (fault is { BreaksAnswer: true })
        {
            await events.BreakAsync(exchange, writer, fault);
            return;
        }

        // Left unflushed; see RequestRecorder.
        writer.Ended();
    }

    private async Task SendItemsAsync(Exchange exchange, ResponseAnswer answer, ResponseEventWriter writer, int breakAfter)
    {
        var (chunks, tokens, reasoning) = (0, 0, 0);
        foreach (var sent in answer.Items.SelectMany((item, index) => new ItemEvents(item, index, answer.Request.Obfuscate).All()))
        {
            if (sent.IsContent && chunks == breakAfter)
            {
                return;
            }

            if (sent.IsContent && chunks++ > 0)
            {
                await pacing.NextChunkAsync(exchange.Aborted);
            }

            writer.Event(sent);
            await EventStream.FlushAsync(exchange);
            tokens += sent.Tokens;
            reasoning += sent.Reasoning;
            exchange.Usage = answer.UsageOf(tokens, reasoning);
        }
    }
}
