using Asc.DataPlane.Rates;
using Asc.DataPlane.Resilience;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees a ranking of candidates that policy permits and that are well. What it looks at and draws is kept, for the record.</summary>
internal sealed class ChooseRoute(HealthBoard board, ModelLimiter limits, NodeIdentity node, TimeProvider clock) : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var workload = exchange.Workload = exchange.Facts.Workload;
        var serving = exchange.Serving = workload.ServingOf(exchange.Name!);
        var (health, now) = (exchange.Deployments = board.Of(serving), clock.GetTimestamp());
        var (unhealthy, resting) = HealthBoard.Look(health, now);
        var sticky = Stickiness.DrawFor(exchange, serving);
        exchange.Routing = new(
            unhealthy,
            resting,
            limits.Full(exchange),
            sticky ?? (serving.NeedsDraw ? (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue) : 0),
            sticky is not null,
            serving.Strategy == RouteStrategy.LeastLatency ? Latencies(exchange, health, now) : null,
            serving.Strategy == RouteStrategy.LeastCost ? RoutingInputs.DayOf(exchange.StartedAt) : 0);
        var decision = PolicyEvaluator.ChooseRoute(exchange.Facts, ref exchange.Ranking);
        if (decision.Rule == PolicyRule.ModelContextWindow && exchange.CountsPromptShorter())
        {
            decision = PolicyEvaluator.ChooseRoute(exchange.Facts, ref exchange.Ranking);
        }

        exchange.Candidate = decision.Candidate;
        if (decision.Rule == PolicyRule.DeploymentHealthy)
        {
            exchange.RetryAfter = SoonestProbe(exchange, health, now);
        }

        return new(exchange.Passes(decision, node));
    }

    // Of those that nothing but their health excludes.
    private static TimeSpan SoonestProbe(GatewayExchange exchange, DeploymentHealth[] health, long now)
    {
        var facts = exchange.Facts;
        return health.Where((_, place) => PolicyEvaluator.ExclusionOf(place, facts) == PolicyRule.DeploymentHealthy).Min(deployment => deployment.OpenFor(now));
    }

    private static float[] Latencies(GatewayExchange exchange, DeploymentHealth[] health, long now)
    {
        for (var place = 0; place < health.Length; place++)
        {
            exchange.Latencies[place] = (float)health[place].ExpectedMilliseconds(exchange.Request.Stream, now);
        }

        return exchange.Latencies;
    }
}
