using System.Runtime.CompilerServices;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Resilience;
using Asc.Policy.Decisions;
using Polly;
using Polly.CircuitBreaker;

namespace Asc.DataPlane.Stages;

/// <summary>
/// Guarantees that what follows has a provider's answer, or the first token of one. Asks the candidates that the decision permits, in its order,
/// until one answers: nothing else is ever asked, and once the client has been given a byte nobody is.
/// </summary>
internal sealed class CallProvider(ProviderCaller caller, RecordIntent intent, ModelLimiter limits, HedgedCalls hedged, TimeProvider clock) : IStage
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var rank = 0;
        if (exchange.Serving.HedgeAfter is not null && exchange.Ranking.Count > 1)
        {
            (exchange.Attempt, rank) = await hedged.CallAsync(exchange, CallAsync, exchange.Http.RequestAborted);
        }

        // What a hedge was not allowed to ask yet is asked now, one after the other.
        while (rank == 0 || (exchange.Attempt is { Error: not null } failed && failed.End.LeavesHope() && rank < exchange.Ranking.Count))
        {
            // Not by way of CallAsync: a state machine less for every request that waits.
            if (Begin(exchange, rank++, exchange.Attempt))
            {
                End(exchange.Attempt, await exchange.Attempt.Health.CallAsync(caller, exchange.Attempt, exchange.Http.RequestAborted), exchange.Http.RequestAborted);
            }
        }

        exchange.Candidate = exchange.Attempt.Candidate;
        if (exchange.Trail.Count > 0)
        {
            exchange.Rates.SettleAllBut(exchange.Candidate.Model, exchange.Trail, Ticks.Now(clock));
        }

        if (exchange.Attempt.Error is null)
        {
            exchange.Attempt.Serves = true;
            return true;
        }

        exchange.Fail(exchange.Trail.Error());
        return false;
    }

    public ValueTask LeaveAsync(GatewayExchange exchange) => exchange.Attempt.ReleaseAsync();

    // A target's turn, while others may have theirs.
    private async ValueTask CallAsync(GatewayExchange exchange, int rank, Attempt attempt, CancellationToken abandoned)
    {
        if (Begin(exchange, rank, attempt))
        {
            End(attempt, await attempt.Health.CallAsync(caller, attempt, abandoned), abandoned);
        }
    }

    private bool Begin(GatewayExchange exchange, int rank, Attempt attempt)
    {
        var place = exchange.Ranking[rank];
        attempt.Begin(exchange, exchange.Serving.Candidates[place], exchange.Deployments[place], isLast: rank == exchange.Ranking.Count - 1);
        if (!limits.TryTake(attempt))
        {
            attempt.Fail(AttemptEnd.RateLimited, new(ErrorCode.RateLimited, $"{attempt.Candidate.Model.Name} was not asked: it is at one of its limits."));
        }
        else if (intent.TryRecord(attempt))
        {
            return true;
        }

        exchange.Trail.Add(attempt, clock);
        return false;
    }

    private void End(Attempt attempt, Outcome<Attempt> outcome, CancellationToken abandoned)
    {
        switch (outcome.Exception)
        {
            case null:
                return;
            case BrokenCircuitException when attempt.StartedTimestamp != 0:
                // The call before was one too many: how it failed is said already.
                return;
            case BrokenCircuitException:
                // Its circuit opened since the decision looked, and no call was made.
                attempt.Fail(AttemptEnd.ServerError, new(ErrorCode.NoHealthyTarget, $"{attempt.Candidate.Provider.Name} failed again and again, and is asked again in a few seconds."));
                break;
            case OperationCanceledException when abandoned.IsCancellationRequested:
                // Before a call, or while the next one waited: the one before is told of already.
                attempt.Forget();
                attempt.StartedTimestamp = 0;
                attempt.Fail(AttemptEnd.Abandoned, new(ErrorCode.ClientClosedRequest, "The client left."));
                break;
            default:
                outcome.ThrowIfException();
                break;
        }

        attempt.Exchange.Trail.Add(attempt, clock);
    }
}
