using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that the caller may ask for what it asks for.</summary>
internal sealed class AdmitRequest(NodeIdentity node) : IStage
{
    public ValueTask InvokeAsync(GatewayExchange exchange, NextStage next) =>
        exchange.Passes(PolicyEvaluator.AdmitName(exchange.Facts), node) ? next(exchange) : default;
}
