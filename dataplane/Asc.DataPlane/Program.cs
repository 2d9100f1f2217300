using Asc.DataPlane;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Json;

DataPlaneOptions options;
try
{
    options = DataPlaneConfiguration.Read(args);
}
catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"asc-dataplane: {exception.Message}");
    return 1;
}

if (options.InlineScheduling)
{
    // Read once by the runtime, before the first socket. Kestrel's half of the switch is in DataPlaneHost; one without the other is a loss.
    Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
}

var application = DataPlaneHost.Build(options, configure: builder => builder.Logging.ClearProviders()
    // Filtered here rather than by Serilog: the server asks several times a request whether anybody wants to know.
    .AddFilter("Microsoft", LogLevel.Warning)
    .AddFilter("System", LogLevel.Warning)
    .AddProvider(new SerilogLoggerProvider(new LoggerConfiguration().WriteTo.Console(new JsonFormatter(renderMessage: true)).CreateLogger(), dispose: true)));
try
{
    await application.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
{
    await Console.Error.WriteLineAsync($"asc-dataplane: {exception.Message}");
    return 1;
}
