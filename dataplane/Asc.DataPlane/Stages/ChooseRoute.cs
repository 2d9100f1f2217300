using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees a candidate that residency, attestations and the switches permit, the first in the policy's order.</summary>
internal sealed class ChooseRoute(NodeIdentity node) : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var decision = PolicyEvaluator.ChooseRoute(exchange.Facts);
        exchange.Candidate = decision.Candidate;
        return new(exchange.Passes(decision, node));
    }
}
