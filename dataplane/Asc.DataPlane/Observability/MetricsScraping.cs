using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Asc.DataPlane.Observability;

/// <summary>The node's meters as a page that Prometheus scrapes. Beside the request's way: only the admin port knows of it.</summary>
internal static class MetricsScraping
{
    public static void AddMetricsScraping(this IServiceCollection services, string node) =>
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("asc-dataplane", serviceInstanceId: node))
            .WithMetrics(metrics => metrics.AddMeter(DeploymentMeters.NameFor(node)).AddPrometheusExporter());

    public static RequestDelegate Build(WebApplication application)
    {
        // Somebody has to want the meters for them to be there.
        _ = application.Services.GetRequiredService<DeploymentMeters>();
        return ((IApplicationBuilder)application).New().UseOpenTelemetryPrometheusScrapingEndpoint(static _ => true).Build();
    }
}
