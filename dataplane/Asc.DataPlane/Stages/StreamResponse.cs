using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that the client gets the provider's own bytes as they come, and that their usage is counted.</summary>
internal sealed class StreamResponse(IUsageInjection usage, NodeIdentity node, TimeProvider clock) : IStage
{
    private const int AnswerMaximum = 64 * 1024 * 1024;
    private const int EventMaximum = 8 * 1024 * 1024;
    private static readonly TimeSpan IdlePatience = TimeSpan.FromSeconds(120);

    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var upstream = exchange.Upstream!;
        return upstream.Head["content-type"u8] is { Length: >= 17 } type && Ascii.EqualsIgnoreCase(type[..17], "text/event-stream"u8)
            ? CopyEventsAsync(exchange, upstream)
            : CopyAnswerAsync(exchange, upstream);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> CopyAnswerAsync(GatewayExchange exchange, UpstreamConnection upstream)
    {
        var provider = exchange.Candidate!.Provider.Name;
        var answer = new PooledBody();
        try
        {
            if (!await answer.ReadAsync(upstream.Body, upstream.Head.ContentLength, AnswerMaximum, CancellationToken.None))
            {
                exchange.Fail(ErrorCode.ProviderError, $"{provider}'s answer is longer than {AnswerMaximum} bytes.");
                return false;
            }

            if (!TryReadUsage(exchange, answer))
            {
                return false;
            }

            // The provider is not to blame for a slow client.
            upstream.ExpectNothing();
            exchange.FirstTokenTimestamp = clock.GetTimestamp();
            var response = exchange.Http.Response;
            ResponseHeaders.Write(exchange, node, clock);
            response.ContentType = "application/json";
            response.ContentLength = answer.Length;
            await response.BodyWriter.WriteAsync(answer.Memory, exchange.Http.RequestAborted);
            return true;
        }
        finally
        {
            answer.Clear();
        }
    }

    private static bool TryReadUsage(GatewayExchange exchange, PooledBody answer)
    {
        var provider = exchange.Candidate!.Provider.Name;
        try
        {
            var reported = ChatUsageReader.ReadAnswer(answer.Span, out var isError);
            if (isError)
            {
                exchange.Fail(ErrorCode.ProviderError, $"{provider} answered with an error.");
                return false;
            }

            if (reported is { } usage)
            {
                exchange.Meter.Report(usage);
            }
            else
            {
                exchange.Meter.CountGenerated(answer.Length);
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            exchange.Fail(ErrorCode.ProviderError, $"{provider} answered with something that is not JSON.");
            return false;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> CopyEventsAsync(GatewayExchange exchange, UpstreamConnection upstream)
    {
        var response = exchange.Http.Response;
        ResponseHeaders.Write(exchange, node, clock);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        using var events = new SseReader(upstream.Body, EventMaximum);
        var relay = new ChatStreamRelay(exchange, hidesUsage: usage.IsNeeded(exchange.Request), clock);
        try
        {
            upstream.Expect(IdlePatience);
            while (!relay.HasFailed && !relay.IsDone && events.Add(await events.ReadAsync()))
            {
                while (events.NextEvent() is { IsEmpty: false } next && relay.Pass(next.Span))
                {
                }

                await FlushAsync(upstream, relay);
                upstream.Expect(IdlePatience);
            }

            relay.End(events.Rest.Span);
            upstream.HasSaidAll = relay.IsDone;
        }
        catch (Exception exception) when (exception is UpstreamException { Failure: not UpstreamFailure.ClientLeft } or InvalidDataException)
        {
            relay.Cut(exception);
        }

        await FlushAsync(upstream, relay);
        return !relay.HasFailed;
    }

    private static ValueTask FlushAsync(UpstreamConnection upstream, ChatStreamRelay relay)
    {
        var flushing = relay.FlushAsync();
        if (flushing.IsCompletedSuccessfully)
        {
            // Done already, so that this waits for nothing: it lets the server use the task's source again.
            _ = flushing.Result;
            return default;
        }

        // The client is slow: the provider is not to blame for the wait.
        upstream.ExpectNothing();
        return new(flushing.AsTask());
    }
}
