using Asc.ControlPlane.Hosting;
using Asc.DataPlane;

namespace Asc.Dev;

/// <summary>One data-plane node of this process; can be stopped and started again, on the same ports and volume.</summary>
internal sealed class DevNodeHost(DataPlaneOptions options, DevComposition composition) : IAsyncDisposable
{
    private WebApplication? host;

    public string Name => options.Name;

    public string Region => options.Region;

    public string DataDirectory => options.DataDirectory;

    public Uri Url { get; private set; } = null!;

    public Uri Admin { get; private set; } = null!;

    public IServiceProvider Services => host!.Services;

    public async Task StartAsync(CancellationToken cancellation)
    {
        DataPlaneConfiguration.Check(options);
        var starting = DataPlaneHost.Build(options, SampleProvider.All.ToDictionary(static provider => provider.Name, static provider => provider.Secret), builder =>
        {
            builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddProvider(composition.Logs ?? DevLogs.Create());
            builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
            // A person who pressed Ctrl-C doesn't wait for streams.
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
            composition.Node?.Invoke(options.Name, builder);
        });
        await DevStack.ListenAsync(starting, $"node {Name}", options.Port, cancellation);
        host = starting;
        var addresses = host.Urls.ToArray();
        (Url, Admin) = (new(addresses[0]), new(addresses[1]));
        (options.Port, options.AdminPort) = (Url.Port, Admin.Port);
    }

    public async Task StopAsync()
    {
        if (host is not null)
        {
            await host.StopAsync(CancellationToken.None);
            await host.DisposeAsync();
            host = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
