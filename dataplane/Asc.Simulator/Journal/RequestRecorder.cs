using Asc.Simulator.Dialects;
using Microsoft.AspNetCore.Http.Features;

namespace Asc.Simulator.Journal;

/// <summary>Reads each request whole, has it put in the journal when its fault is known, and notes there how its answer ended.</summary>
internal sealed class RequestRecorder(RequestJournal journal, DialectList dialects, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var started = clock.GetTimestamp();
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var path = ProviderPath.Parse(context.Request.Path.Value ?? "");
        var number = 0L;
        Exchange exchange = null!;
        exchange = new(context, path, dialects.Of(path.Protocol), body, started)
        {
            EnterJournal = () => number = journal.IsRecording && number == 0 ? journal.Add(n => Describe(n, exchange)) : number,
        };
        context.Features.Set(exchange);
        // One that is refused before: who has its answer finds it there.
        context.Response.OnStarting(() =>
        {
            exchange.EnterJournal();
            return Task.CompletedTask;
        });
        var written = false;
        var clientLeft = false;
        try
        {
            await next(context);
            // Answers leave their last bytes unflushed: a client that closes on seeing them has had the whole answer.
            written = !context.RequestAborted.IsCancellationRequested && !exchange.CutByFault;
            if (written)
            {
                await context.Response.CompleteAsync();
            }
        }
        catch (OperationCanceledException)
        {
            clientLeft = true;
        }
        finally
        {
            exchange.EnterJournal();
            if (journal.IsRecording)
            {
                journal.Update(number, request => Conclude(request, exchange, written, clientLeft));
            }
        }
    }

    private RecordedRequest Describe(long number, Exchange exchange)
    {
        var request = exchange.Context.Request;
        var target = exchange.Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return new RecordedRequest
        {
            Number = number,
            Region = exchange.Region,
            Protocol = exchange.Protocol,
            Method = request.Method,
            Path = query < 0 ? target : target[..query],
            Query = query < 0 ? "" : target[query..],
            Headers = request.Headers.ToDictionary(
                header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal),
            Body = exchange.Body,
            StartedAt = clock.GetUtcNow(),
        };
    }

    private static RecordedRequest Conclude(
        RecordedRequest request, Exchange exchange, bool written, bool clientLeft) => request with
    {
        Status = written || exchange.Context.Response.HasStarted ? exchange.Context.Response.StatusCode : null,
        Completed = written,
        ClientAborted = clientLeft || (!written && !exchange.CutByFault && exchange.Aborted.IsCancellationRequested),
        Ended = true,
        Usage = exchange.Usage,
    };
}
