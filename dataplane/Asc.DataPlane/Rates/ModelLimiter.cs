using Asc.DataPlane.Resilience;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>
/// The limits of models count who is called: those of a request's first choice are taken with the tenant's, before any call; another model's before
/// the first call to it.
/// </summary>
internal sealed class ModelLimiter(LimitBinding binding, TimeProvider clock)
{
    /// <summary>The candidates whose model has no room for the request, a bit each, by its place.</summary>
    public ulong Full(GatewayExchange exchange)
    {
        var (full, candidates) = (0UL, exchange.Serving.Candidates);
        var (judged, isFull) = ((CompiledName?)null, false);
        for (var place = 0; place < candidates.Count; place++)
        {
            if (candidates[place].Model is var model && model != judged)
            {
                (judged, isFull) = (model, IsFull(exchange, model));
            }

            full |= isFull ? 1UL << place : 0;
        }

        return full;
    }

    /// <summary>Those of the first choice come to count the request.</summary>
    public void Add(GatewayExchange exchange)
    {
        var model = exchange.Candidate!.Model;
        foreach (var limit in binding.OfModel(model, exchange.Policy!))
        {
            exchange.Rates.Add(limit, model);
        }
    }

    /// <summary>The attempt's candidate may be of another model: that one's are taken as well.</summary>
    /// <returns>False where one of them has no room: the attempt can't be made.</returns>
    public bool TryTake(Attempt attempt)
    {
        var (exchange, model) = (attempt.Exchange, attempt.Candidate.Model);
        return binding.OfModel(model, exchange.Policy!) is not { Length: > 0 } limits
            || exchange.Rates.Counts(model)
            || exchange.Rates.TryTakeMore(model, limits, TokenBound.Of(exchange), Ticks.Now(clock), exchange.Workload.Reserve);
    }

    /// <summary>Of the models that may serve the request the one that has room first: its limit that has room last, and when that is.</summary>
    /// <returns>Null where one has room now.</returns>
    public (BoundLimit? Limit, long Wait) Soonest(GatewayExchange exchange, long tokens, long now)
    {
        var soonest = ((BoundLimit?)null, long.MaxValue);
        for (var rank = 0; rank < exchange.Ranking.Count; rank++)
        {
            var slowest = ((BoundLimit?)null, 0L);
            foreach (var limit in binding.OfModel(exchange.Serving.Candidates[exchange.Ranking[rank]].Model, exchange.Policy!))
            {
                if (limit.TimeTo(tokens, now, exchange.Workload.Reserve) is var wait && wait > slowest.Item2)
                {
                    slowest = (limit, wait);
                }
            }

            soonest = slowest.Item2 < soonest.Item2 ? slowest : soonest;
        }

        return soonest;
    }

    private bool IsFull(GatewayExchange exchange, CompiledName model)
    {
        var limits = binding.OfModel(model, exchange.Policy!);
        if (limits.Length == 0)
        {
            return false;
        }

        var (tokens, now, isFull) = (TokenBound.Of(exchange), Ticks.Now(clock), false);
        foreach (var limit in limits)
        {
            isFull |= !limit.HasRoom(tokens, now, exchange.Workload.Reserve);
        }

        return isFull;
    }
}
