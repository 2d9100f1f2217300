using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Stages;
using Microsoft.Extensions.ObjectPool;

namespace Asc.DataPlane;

/// <summary>
/// Takes each request from the server and leads it through THE LIST, top to bottom, with the policy pinned to it; then out again, bottom to top,
/// through every stage that it entered. One state machine for all stages (ADR 10).
/// </summary>
internal sealed class GatewayPipeline
{
    public static IReadOnlyList<Type> Stages { get; } =
    [
        typeof(RecordExchange),
        typeof(Authenticate),
        typeof(ResolveTenant),
        typeof(ListModels),
        typeof(ReadRequest),
        typeof(MeterUsage),
        typeof(AdmitRequest),
        typeof(ChooseRoute),
        typeof(LimitRate),
        typeof(EstimateTokens),
        typeof(CallProvider),
        typeof(StreamResponse),
    ];

    private readonly IStage[] stages;
    private readonly PolicyHolder policy;
    private readonly AccessList access;
    private readonly TimeProvider clock;
    private readonly ObjectPool<GatewayExchange> exchanges = new DefaultObjectPool<GatewayExchange>(new ExchangePolicy(), maximumRetained: 1024);

    public GatewayPipeline(IServiceProvider services, PolicyHolder policy, AccessList access, TimeProvider clock)
    {
        stages = [.. Stages.Select(stage => (IStage)services.GetRequiredService(stage))];
        (this.policy, this.access, this.clock) = (policy, access, clock);
    }

    public Task HandleAsync(HttpContext http, ClientConnection connection)
    {
        var exchange = exchanges.Get();
        exchange.Begin(http, connection, policy.Current, access.Switches, clock);
        return PassAsync(stages, exchange, exchanges);
    }

    /// <summary>In through <paramref name="stages"/>, out again, and back among the <paramref name="unused"/>.</summary>
    public static async Task PassAsync(IStage[] stages, GatewayExchange exchange, ObjectPool<GatewayExchange> unused)
    {
        var entered = 0;
        try
        {
            var goesOn = true;
            while (goesOn && entered < stages.Length)
            {
                goesOn = await stages[entered++].EnterAsync(exchange);
            }

            exchange.IsComplete = goesOn;
        }
        catch (Exception exception)
        {
            exchange.Fault = exception;
        }

        try
        {
            while (entered > 0)
            {
                try
                {
                    await stages[--entered].LeaveAsync(exchange);
                }
                catch (Exception exception) when (entered > 0)
                {
                    // For the outer ones to tell of. Of what fails in the outermost nobody is left to tell but the server.
                    exchange.Fault ??= exception;
                }
            }
        }
        finally
        {
            unused.Return(exchange);
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
