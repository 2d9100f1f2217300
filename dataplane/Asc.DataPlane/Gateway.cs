using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Microsoft.Extensions.ObjectPool;

namespace Asc.DataPlane;

/// <summary>Takes each request from the server and sends it down the pipeline with the policy pinned to it.</summary>
internal sealed class Gateway(GatewayPipeline pipeline, PolicyHolder policy, AccessList access, TimeProvider clock)
{
    private readonly ObjectPool<GatewayExchange> exchanges = new DefaultObjectPool<GatewayExchange>(new ExchangePolicy(), maximumRetained: 1024);

    public async Task HandleAsync(HttpContext http, ClientConnection connection)
    {
        var exchange = exchanges.Get();
        try
        {
            exchange.Begin(http, connection, policy.Current, access.Switches, clock);
            await pipeline.RunAsync(exchange);
        }
        finally
        {
            exchanges.Return(exchange);
        }
    }

    private sealed class ExchangePolicy : PooledObjectPolicy<GatewayExchange>
    {
        public override GatewayExchange Create() => new();

        public override bool Return(GatewayExchange exchange)
        {
            exchange.Reset();
            return true;
        }
    }
}
