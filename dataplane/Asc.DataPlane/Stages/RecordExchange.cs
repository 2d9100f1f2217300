using System.Runtime.CompilerServices;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire;
using Asc.Policy.Decisions;
using Microsoft.AspNetCore.Connections;

namespace Asc.DataPlane.Stages;

/// <summary>Wraps the whole way: whatever happens inside, the caller gets an answer in its own protocol and one record is left.</summary>
internal sealed class RecordExchange(IRecordSpool spool, NodeIdentity node, DataPlaneOptions options, TimeProvider clock, StageLog log) : IStage
{
    // How much of an answer the server holds at most for a client that takes it slowly: its MaxResponseBufferSize.
    private const int HeldMaximum = 64 * 1024;

    // As long as the slowest client that is put up with needs for it.
    private readonly TimeSpan endPatience = options.ClientRateGrace + TimeSpan.FromSeconds(HeldMaximum / (double)options.ClientBytesPerSecond);

    public ValueTask<bool> EnterAsync(GatewayExchange exchange) => new(true);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask LeaveAsync(GatewayExchange exchange)
    {
        if (exchange.Fault is null && exchange.Error is { } error && !exchange.Http.Response.HasStarted && !exchange.ClientLeft)
        {
            await TryAnswerAsync(exchange, error);
        }

        if (exchange.Fault is { } fault)
        {
            await TryAnswerFaultAsync(exchange, fault);
        }

        if (exchange.ClientLeft && !exchange.IsComplete)
        {
            exchange.Fail(ErrorCode.ClientClosedRequest, "The client left.");
        }

        await spool.AppendAsync(exchange.Complete(OutcomeOf(exchange), clock));
        if (exchange.Error is not null && exchange.Http.Response.HasStarted && !exchange.HasAnsweredError && !exchange.ClientLeft)
        {
            await CutAsync(exchange);
        }
    }

    // Half an answer must not look like a whole one (RFC 9112, 8): SDKs that pass over the error event see that the message is not complete.
    private async Task CutAsync(GatewayExchange exchange)
    {
        if (exchange.Connection is { } connection)
        {
            await connection.EndAsync(endPatience, clock);
        }

        exchange.Http.Abort();
    }

    private static Outcome OutcomeOf(GatewayExchange exchange) => exchange switch
    {
        { Error: null } => Outcome.Ok,
        { Error.Code: ErrorCode.ClientClosedRequest } => Outcome.Aborted,
        { Error.Code: ErrorCode.InternalError } or { Attempts: > 0 } => Outcome.Failed,
        _ => Outcome.Denied,
    };

    private async ValueTask TryAnswerAsync(GatewayExchange exchange, GatewayError error)
    {
        try
        {
            await AnswerAsync(exchange, error);
        }
        catch (Exception exception)
        {
            exchange.Fault = exception;
        }
    }

    // Whatever goes wrong while answering, the record is still to be written.
    private async ValueTask TryAnswerFaultAsync(GatewayExchange exchange, Exception exception)
    {
        try
        {
            await AnswerFaultAsync(exchange, exception);
        }
        catch (Exception failure)
        {
            log.Unanswered(exchange.RequestId, failure.Message);
        }
    }

    private async ValueTask AnswerFaultAsync(GatewayExchange exchange, Exception exception)
    {
        switch (exception)
        {
            case OperationCanceledException or IOException when exchange.ClientLeft:
                return;
            // The server may tell of a broken connection by the read that met it, before it raises the abort.
            case ConnectionResetException or ConnectionAbortedException:
                exchange.Fail(ErrorCode.ClientClosedRequest, "The client left.");
                return;
            case BadHttpRequestException bad:
                exchange.Fail(CodeOf(bad), bad.StatusCode == StatusCodes.Status408RequestTimeout ? "The request's body came too slowly." : bad.Message);
                break;
            default:
                log.Fault(exchange.RequestId, exception);
                exchange.Fail(ErrorCode.InternalError, $"ASC failed; its log has the cause under {exchange.RequestId}.");
                break;
        }

        if (!exchange.Http.Response.HasStarted)
        {
            exchange.Http.Response.Clear();
            await AnswerAsync(exchange, exchange.Error!);
        }
    }

    private static ErrorCode CodeOf(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => ErrorCode.RequestTooLarge,
        StatusCodes.Status408RequestTimeout => ErrorCode.RequestTimeout,
        _ => ErrorCode.InvalidRequest,
    };

    private async ValueTask AnswerAsync(GatewayExchange exchange, GatewayError error)
    {
        exchange.HasAnsweredError = true;
        ResponseHeaders.Write(exchange, node, clock);
        await ErrorAnswer.WriteAsync(exchange, error);
    }
}

/// <summary>Events 1120-1129: the request's way. No log line per request: the record tells it.</summary>
internal sealed partial class StageLog(ILogger<StageLog> logger)
{
    [LoggerMessage(1121, LogLevel.Warning, "Request {RequestId} could not be answered: {Problem}")]
    public partial void Unanswered(string requestId, string problem);

    [LoggerMessage(1120, LogLevel.Error, "Request {RequestId} met a fault of ASC's own")]
    public partial void Fault(string requestId, Exception exception);
}
