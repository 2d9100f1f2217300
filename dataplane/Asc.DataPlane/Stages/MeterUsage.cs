using System.Runtime.CompilerServices;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that whatever was sent to a provider is counted, however the request ends: aborted and cut answers too.</summary>
internal sealed class MeterUsage : IStage
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask InvokeAsync(GatewayExchange exchange, NextStage next)
    {
        try
        {
            await next(exchange);
        }
        finally
        {
            // A provider that refused or failed outright has used nothing; one that began to answer, or was left without an answer, has.
            if (exchange.HasSent && exchange.UpstreamStatus is (0 or StatusCodes.Status200OK))
            {
                exchange.Usage = exchange.Meter.Settle(exchange.Body.Length);
            }
        }
    }
}
