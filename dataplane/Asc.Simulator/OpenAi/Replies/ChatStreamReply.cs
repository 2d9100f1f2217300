using Asc.Simulator.Faults;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.Replies;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>Sends an answer as server-sent events, at a model's pace, or breaks off as a fault demands.</summary>
internal sealed class ChatStreamReply(EventStream events, Pacing pacing)
{
    public async Task SendAsync(Exchange exchange, ChatRequest request, ChatAnswer answer, ChatExtras? extras, Fault? fault)
    {
        var response = exchange.Context.Response;
        var withUsage = request.IncludeUsage && fault?.Kind != FaultKind.NoUsage;
        using var chunks = new ChatChunkWriter(response.BodyWriter, answer, withUsage, request.Obfuscate, extras);
        await EventStream.StartAsync(exchange, fault);
        var breakAfter = EventStream.ChunksBeforeBreak(fault);
        exchange.Usage = answer.UsageOf(0, 0);
        if (breakAfter > 0)
        {
            chunks.Preamble();
            await pacing.FirstTokenAsync(exchange.Aborted);
            await SendDeltasAsync(exchange, answer, chunks, breakAfter);
        }

        if (fault is { BreaksAnswer: true })
        {
            await events.BreakAsync(exchange, chunks, fault);
            return;
        }

        await FinishAsync(exchange, answer, chunks, withUsage);
    }

    private async Task SendDeltasAsync(Exchange exchange, ChatAnswer answer, ChatChunkWriter chunks, int breakAfter)
    {
        foreach (var choice in answer.Choices)
        {
            chunks.Role(choice);
            await EventStream.FlushAsync(exchange);
        }

        // Billed, though nobody sees it.
        var reasoning = answer.ReasoningTokens;
        exchange.Usage = answer.UsageOf(reasoning, reasoning);
        var sent = 0;
        foreach (var delta in ChatDelta.Of(answer).Take(breakAfter))
        {
            if (sent > 0)
            {
                await pacing.NextChunkAsync(exchange.Aborted);
            }

            chunks.Delta(delta);
            await EventStream.FlushAsync(exchange);
            exchange.Usage = answer.UsageOf(reasoning + ++sent, reasoning);
        }
    }

    private static async Task FinishAsync(Exchange exchange, ChatAnswer answer, ChatChunkWriter chunks, bool withUsage)
    {
        foreach (var choice in answer.Choices)
        {
            chunks.Finish(choice);
            await EventStream.FlushAsync(exchange);
        }

        if (withUsage)
        {
            chunks.Usage();
            await EventStream.FlushAsync(exchange);
        }

        // Left unflushed; see RequestRecorder.
        chunks.Done();
    }
}
