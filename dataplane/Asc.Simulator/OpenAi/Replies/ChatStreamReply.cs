using Asc.Simulator.Faults;
using Asc.Simulator.OpenAi.Answers;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>Sends an answer as server-sent events, at a model's pace, or breaks off as a fault demands.</summary>
internal sealed class ChatStreamReply(OpenAiHeaders headers, Pacing pacing)
{
    public async Task SendAsync(Exchange exchange, ChatRequest request, ChatAnswer answer, Fault? fault)
    {
        var response = exchange.Context.Response;
        var withUsage = request.IncludeUsage && fault?.Kind != FaultKind.NoUsage;
        using var chunks = new ChatChunkWriter(response.BodyWriter, answer, withUsage, request.Obfuscate);
        await StartAsync(exchange, fault);
        var breakAfter = fault is { BreaksAnswer: true } ? fault.AfterChunks : int.MaxValue;
        exchange.Usage = new OpenAiUsage(answer.PromptTokens, 0);
        if (breakAfter > 0)
        {
            await pacing.FirstTokenAsync(exchange.Aborted);
            await SendDeltasAsync(exchange, answer, chunks, breakAfter);
        }

        if (fault is { BreaksAnswer: true })
        {
            await BreakAsync(exchange, chunks, fault);
            return;
        }

        await FinishAsync(exchange, answer, chunks, withUsage);
    }

    private async Task StartAsync(Exchange exchange, Fault? fault)
    {
        var response = exchange.Context.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        headers.Write(exchange, fault);
        await response.StartAsync(exchange.Aborted);
        await FlushAsync(exchange);
    }

    private async Task SendDeltasAsync(Exchange exchange, ChatAnswer answer, ChatChunkWriter chunks, int breakAfter)
    {
        foreach (var choice in answer.Choices)
        {
            chunks.Role(choice);
            await FlushAsync(exchange);
        }

        var sent = 0;
        foreach (var delta in ChatDelta.Of(answer).Take(breakAfter))
        {
            if (sent > 0)
            {
                await pacing.NextChunkAsync(exchange.Aborted);
            }

            chunks.Delta(delta);
            await FlushAsync(exchange);
            exchange.Usage = new OpenAiUsage(answer.PromptTokens, ++sent);
        }
    }

    private static async Task FinishAsync(Exchange exchange, ChatAnswer answer, ChatChunkWriter chunks, bool withUsage)
    {
        foreach (var choice in answer.Choices)
        {
            chunks.Finish(choice);
            await FlushAsync(exchange);
        }

        if (withUsage)
        {
            chunks.Usage();
            await FlushAsync(exchange);
        }

        // Left unflushed; see RequestRecorder.
        chunks.Done();
    }

    private async Task BreakAsync(Exchange exchange, ChatChunkWriter chunks, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Cut:
                exchange.Cut();
                break;
            case FaultKind.Stall:
                await pacing.ForeverAsync(exchange.Aborted);
                break;
            default:
                chunks.Broken();
                break;
        }
    }

    private static async Task FlushAsync(Exchange exchange)
    {
        // A connection that is gone takes every write without complaint, and RequestAborted may be late to say so.
        var flushed = await exchange.Context.Response.BodyWriter.FlushAsync(exchange.Aborted);
        if (flushed.IsCompleted)
        {
            throw new OperationCanceledException(exchange.Aborted);
        }
    }
}
