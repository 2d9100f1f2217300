namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that whatever was sent to a provider is counted, however the request ends: aborted and cut answers too.</summary>
internal sealed class MeterUsage : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange) => new(true);

    public ValueTask LeaveAsync(GatewayExchange exchange)
    {
        exchange.SettleUsage();
        return default;
    }
}
