using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Distribution;
using Asc.Contracts.Admin.V1;
using Asc.Persistence;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Asc.ControlPlane.Mediation;

/// <summary>The one place where a failure becomes an answer: a refusal with its detail, anything else with a correlation id only.</summary>
internal sealed class ErrorInterceptor(ControlPlaneStore store, CommitWatch commits, IHostApplicationLifetime lifetime, ILogger<ErrorInterceptor> logger) : Interceptor
{
    private const string Trailer = "asc-error-bin";

    // In base 64 it must fit the 64 KiB of headers that a .NET client reads.
    private const int MaximumTrailerBytes = 40_000;

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(context, () => continuation(request, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(context, async () =>
        {
            await continuation(request, responseStream, context);
            return 0;
        });

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(context, () => continuation(requestStream, context));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(context, async () =>
        {
            await continuation(requestStream, responseStream, context);
            return 0;
        });

    private async Task<T> AnswerAsync<T>(ServerCallContext context, Func<Task<T>> handle)
    {
        try
        {
            return await handle();
        }
        catch (AdminException refusal)
        {
            var correlationId = NewCorrelationId();
            logger.Refused(context.Method, refusal.Code, correlationId);
            throw Answer(refusal, correlationId);
        }
        catch (RpcException)
        {
            throw;
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Answer(new AdminException(AdminCodes.Unavailable, "The control plane is stopping.", "Try again."), NewCorrelationId());
        }
        catch (Exception exception) when (context.CancellationToken.IsCancellationRequested || exception is IOException)
        {
            // The caller left, which a stream that is being read may learn before its token does; nobody reads the answer, and nothing is wrong here.
            throw new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
        }
        catch (Exception exception) when (commits.IsDatabaseAway || store.IsUnreachable(exception))
        {
            var correlationId = NewCorrelationId();
            logger.DatabaseDoesNotAnswer(exception, context.Method, correlationId);
            throw Answer(new AdminException(AdminCodes.Unavailable, "The database does not answer.", "Try again."), correlationId);
        }
        catch (Exception exception)
        {
            var correlationId = NewCorrelationId();
            logger.UnexpectedFailure(exception, context.Method, correlationId);
            throw Answer(new AdminException(AdminCodes.Internal, $"Something went wrong in the control plane; its log has the details under {correlationId}."), correlationId);
        }
    }

    private static RpcException Answer(AdminException refusal, string correlationId)
    {
        var error = new AdminError { Code = refusal.Code, Message = refusal.Message, Fix = refusal.Fix, CorrelationId = correlationId };
        error.Problems.AddRange(refusal.Problems.Select(problem => problem.ToWire()));
        while (error.CalculateSize() > MaximumTrailerBytes && error.Problems.Count > 0)
        {
            error.Problems.RemoveAt(error.Problems.Count - 1);
        }

        var trailers = new Metadata { { Trailer, error.ToByteArray() } };
        return new RpcException(new Status(AdminCodes.ToStatus(refusal.Code), refusal.Message), trailers);
    }

    private static string NewCorrelationId() => System.Diagnostics.Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N");
}
