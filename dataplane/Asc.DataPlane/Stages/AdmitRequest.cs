using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that the caller may ask for what it asks for, as the request says that it is.</summary>
internal sealed class AdmitRequest(NodeIdentity node) : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange) => new(exchange.Passes(PolicyEvaluator.AdmitRequest(exchange.Facts), node));
}
