using System.Diagnostics.Metrics;
using Asc.DataPlane.Resilience;
using Polly.CircuitBreaker;

namespace Asc.DataPlane.Observability;

/// <summary>The health of the deployments as metrics: read when they are scraped, so that no request pays for them.</summary>
internal sealed class DeploymentMeters : IDisposable
{
    private readonly Meter meter;

    public DeploymentMeters(HealthBoard board, NodeIdentity node, TimeProvider clock)
    {
        meter = new(NameFor(node.Name));
        meter.CreateObservableGauge("asc.deployment.circuit", () => Measure(board, health => CircuitValue(health.Circuit)), description: "The deployment's circuit: 0 closed, 1 half-open, 2 open.");
        meter.CreateObservableGauge("asc.deployment.resting", () => Measure(board, health => health.IsResting(clock.GetTimestamp()) ? 1 : 0), description: "Whether the deployment asked to be left alone.");
        meter.CreateObservableGauge("asc.deployment.in_flight", () => Measure(board, health => health.InFlight), description: "Calls to the deployment in progress.");
        meter.CreateObservableCounter("asc.deployment.calls", () => Measure(board, health => health.Calls), description: "Calls to the deployment.");
        meter.CreateObservableCounter("asc.deployment.failures", () => Measure(board, health => health.Failures), description: "Calls to the deployment that failed, broke after their first token or came to nothing for its rates or its credential.");
        meter.CreateObservableGauge("asc.deployment.first_token", () => Measure(board, health => health.FirstToken.Milliseconds / 1000), unit: "s", description: "Time to the first token of a stream, peak moving average.");
        meter.CreateObservableGauge("asc.deployment.answer", () => Measure(board, health => health.Answer.Milliseconds / 1000), unit: "s", description: "Time to an answer that came whole, peak moving average.");
    }

    /// <summary>What an exporter subscribes to: each node's own, as meters are found by name in a whole process.</summary>
    public static string NameFor(string node) => $"Asc.DataPlane.{node}";

    public void Dispose() => meter.Dispose();

    private static int CircuitValue(CircuitState state) => state switch
    {
        CircuitState.Closed => 0,
        CircuitState.HalfOpen => 1,
        _ => 2,
    };

    private static IEnumerable<Measurement<T>> Measure<T>(HealthBoard board, Func<DeploymentHealth, T> value)
        where T : struct => board.All.Select(health => new Measurement<T>(
            value(health), new("asc.provider", health.Identity.Provider), new("asc.upstream_model", health.Identity.UpstreamModel), new("asc.region", health.Identity.Region)));
}
