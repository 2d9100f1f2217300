using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Asc.ControlPlane.Observability;

/// <summary>Logs of a control plane in a process of its own: compact JSON, a line each, on standard output.</summary>
internal static class JsonLogs
{
    public static void AddJsonLogs(this WebApplicationBuilder builder) => builder.Services.AddSerilog(logs => logs
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Grpc", LogEventLevel.Warning)
        .Enrich.FromLogContext()
        .WriteTo.Console(new CompactJsonFormatter()));
}
