using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees a candidate that residency and the switches permit, the first in the policy's order.</summary>
internal sealed class ChooseRoute(NodeIdentity node) : IStage
{
    public ValueTask InvokeAsync(GatewayExchange exchange, NextStage next)
    {
        var decision = PolicyEvaluator.ChooseRoute(exchange.Facts);
        if (!exchange.Passes(decision, node))
        {
            return default;
        }

        exchange.Candidate = decision.Candidate;
        return next(exchange);
    }
}
