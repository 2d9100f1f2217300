using System.Net;
using Asc.Simulator.Answers;
using Asc.Simulator.Anthropic;
using Asc.Simulator.Azure;
using Asc.Simulator.Control;
using Asc.Simulator.Dialects;
using Asc.Simulator.Faults;
using Asc.Simulator.Journal;
using Asc.Simulator.Mistral;
using Asc.Simulator.OpenAi;
using Asc.Simulator.Replies;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Asc.Simulator;

/// <summary>Composes the simulator as a web application on 127.0.0.1, HTTP/1.1 without TLS.</summary>
public static class SimulatorHost
{
    /// <summary>An application that is ready to be started. It reads no configuration but <paramref name="options"/>.</summary>
    public static WebApplication Build(SimulatorOptions options, TimeProvider? clock = null)
    {
        // Empty, because the defaults read the host process's appsettings.json and environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Port));
        AddSimulator(builder.Services, options, clock ?? TimeProvider.System);

        // With room for one byte a flush returns when the socket has the bytes, so a cut loses no chunk sent before it.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.MaxWriteBufferSize = 1);

        // Stalled answers never end by themselves; they should not hold up the end of the process.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));

        var app = builder.Build();
        var services = app.Services;
        app.UseWhen(IsForProvider, provider => provider.Use(next =>
            context => services.GetRequiredService<RequestRecorder>().InvokeAsync(context, next)));
        app.UseRouting();
        services.GetRequiredService<ControlApi>().Map(app);
        services.GetRequiredService<OpenAiEndpoints>().Map(app);
        services.GetRequiredService<AnthropicEndpoints>().Map(app);
        services.GetRequiredService<MistralEndpoints>().Map(app);
        services.GetRequiredService<AzureEndpoints>().Map(app);
        app.Map("/{**path}", Door.RefusePathAsync);
        return app;
    }

    private static bool IsForProvider(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(ControlApi.Prefix, StringComparison.Ordinal);

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MaxSize;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static void AddSimulator(IServiceCollection services, SimulatorOptions options, TimeProvider clock)
    {
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton<KeyRing>();
        services.AddSingleton<ModelCatalogue>();
        services.AddSingleton<Pacing>();
        services.AddSingleton<PrefixCache>();
        services.AddSingleton<FaultBoard>();
        services.AddSingleton<DialectList>();
        services.AddSingleton<FaultGate>();
        services.AddSingleton<JsonReply>();
        services.AddSingleton<EventStream>();
        services.AddSingleton(new RequestJournal(options.RecordedRequests));
        services.AddSingleton<RequestRecorder>();
        services.AddSingleton<ControlApi>();
        services.AddOpenAi();
        services.AddAnthropic();
        services.AddMistral();
        services.AddAzure();
    }
}
