using Asc.DataPlane.Resilience;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees a ranking of candidates that policy permits and that are well.</summary>
internal sealed class ChooseRoute(HealthBoard board, NodeIdentity node, TimeProvider clock) : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        exchange.Serving = exchange.Facts.Serving!;
        var (health, now) = (board.Of(exchange.Serving), clock.GetTimestamp());
        exchange.Health = HealthBoard.Look(health, now);
        var decision = PolicyEvaluator.ChooseRoute(exchange.Facts, ref exchange.Ranking);
        exchange.Candidate = decision.Candidate;
        if (decision.Rule == PolicyRule.DeploymentHealthy)
        {
            exchange.RetryAfter = health.Min(deployment => deployment.OpenFor(now));
        }

        return new(exchange.Passes(decision, node));
    }
}
