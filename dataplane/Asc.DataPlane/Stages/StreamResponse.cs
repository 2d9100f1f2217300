using System.Runtime.CompilerServices;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Wire;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that the client gets the provider's own bytes as they come, and that their usage is counted.</summary>
internal sealed class StreamResponse(ProviderFailures failures, NodeIdentity node, TimeProvider clock) : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var attempt = exchange.Attempt;
        return attempt.Events is { } events ? CopyEventsAsync(exchange, attempt, events) : CopyAnswerAsync(exchange, attempt);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> CopyAnswerAsync(GatewayExchange exchange, Attempt attempt)
    {
        exchange.Meter.Report(attempt.Reported!.Value);
        exchange.FirstTokenTimestamp = clock.GetTimestamp();
        var response = exchange.Http.Response;
        ResponseHeaders.Write(exchange, node, clock);
        response.ContentType = TypeFor(exchange);
        response.ContentLength = attempt.ClientAnswer.Length;
        await response.BodyWriter.WriteAsync(attempt.ClientAnswer.Memory, exchange.Http.RequestAborted);
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> CopyEventsAsync(GatewayExchange exchange, Attempt attempt, SseReader events)
    {
        var response = exchange.Http.Response;
        ResponseHeaders.Write(exchange, node, clock);
        response.ContentType = TypeFor(exchange);
        response.Headers.CacheControl = "no-cache";
        var (upstream, idle) = (attempt.Connection!, attempt.Timeouts.Idle);
        // Who thinks unseen is as silent as who hasn't begun.
        var first = attempt.Timeouts.FirstToken > idle ? attempt.Timeouts.FirstToken : idle;
        var relay = new StreamRelay(exchange, attempt.Dialect, clock);
        try
        {
            do
            {
                while (!relay.IsDone && events.NextEvent() is { IsEmpty: false } next && relay.Pass(next.Span))
                {
                }

                await FlushAsync(upstream, relay);
                upstream.Expect(exchange.FirstTokenTimestamp == 0 ? first : idle);
            }
            while (!relay.HasFailed && !relay.IsDone && events.Add(await events.ReadAsync()));

            relay.End(events.Rest.Span);
            upstream.HasSaidAll = relay.IsDone;
        }
        catch (Exception exception) when (exception is UpstreamException { Failure: not UpstreamFailure.ClientLeft } or InvalidDataException)
        {
            relay.Cut(exception);
        }

        await FlushAsync(upstream, relay);
        if (relay is { HasFailed: true, IsOurs: false })
        {
            failures.Tell(attempt.Candidate.Provider.Name, UpstreamFailure.Cut, exchange.Error!.Message);
            attempt.Fail(AttemptEnd.ServerError, exchange.Error);
            exchange.Trail.Add(attempt, clock);
            await attempt.Health.CountBrokenStreamAsync(attempt);
        }

        return !relay.HasFailed;
    }

    // What the client asked for it gets, however the provider says it: a translation makes the one of the other.
    private static string TypeFor(GatewayExchange exchange) => exchange.Request.Stream ? "text/event-stream" : "application/json";

    private static ValueTask FlushAsync(UpstreamConnection upstream, StreamRelay relay)
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
