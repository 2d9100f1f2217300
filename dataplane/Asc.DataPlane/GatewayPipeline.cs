using Asc.DataPlane.Stages;

namespace Asc.DataPlane;

/// <summary>The rest of the way, from one stage's point of view.</summary>
internal delegate ValueTask NextStage(GatewayExchange exchange);

/// <summary>One step of a request's way. It ends the way by not calling the next one; what it does after awaiting it happens on the way out.</summary>
internal interface IStage
{
    ValueTask InvokeAsync(GatewayExchange exchange, NextStage next);
}

/// <summary>THE LIST: a request's way, top to bottom. What stands above wraps what stands below.</summary>
internal sealed class GatewayPipeline
{
    public static IReadOnlyList<Type> Stages { get; } =
    [
        typeof(RecordExchange),
        typeof(Authenticate),
        typeof(ResolveTenant),
        typeof(ReadRequest),
        typeof(MeterUsage),
        typeof(AdmitRequest),
        typeof(ChooseRoute),
        typeof(RecordIntent),
        typeof(CallProvider),
        typeof(StreamResponse),
    ];

    private readonly NextStage first;

    public GatewayPipeline(IServiceProvider services)
    {
        first = static _ => default;
        foreach (var type in Stages.Reverse())
        {
            var (stage, next) = ((IStage)services.GetRequiredService(type), first);
            first = exchange => stage.InvokeAsync(exchange, next);
        }
    }

    public ValueTask RunAsync(GatewayExchange exchange) => first(exchange);
}
