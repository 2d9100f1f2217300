using Serilog;
using Serilog.Extensions.Logging;
using SerilogLogger = Serilog.LoggerConfiguration;

namespace Asc.Dev;

/// <summary>Warnings and worse to standard error: the terminal is for what the person started it for.</summary>
internal static class DevLogs
{
    public static ILoggerProvider Create() => new SerilogLoggerProvider(
        new SerilogLogger().MinimumLevel.Warning().WriteTo.Console(standardErrorFromLevel: Serilog.Events.LogEventLevel.Verbose, formatProvider: System.Globalization.CultureInfo.InvariantCulture).CreateLogger(), dispose: true);
}
