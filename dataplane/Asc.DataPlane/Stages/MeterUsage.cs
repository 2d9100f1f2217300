namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that whatever was sent to a provider is counted, however the request ends: aborted and cut answers too.</summary>
internal sealed class MeterUsage : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange) => new(true);

    public ValueTask LeaveAsync(GatewayExchange exchange)
    {
        // A provider that refused or failed outright has used nothing; one that began to answer, or was left without an answer, has.
        if (exchange.Attempt.HasSent && exchange.Attempt.Status is (0 or StatusCodes.Status200OK))
        {
            exchange.Usage = exchange.Meter.Settle(exchange.Body.Length);
        }

        return default;
    }
}
