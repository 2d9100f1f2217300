using Asc.Contracts.Signing;
using Asc.ControlPlane.Hosting;
using Asc.ControlPlane.Restoration;
using Asc.ControlPlane.Tokens;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Asc.ControlPlane;

/// <summary>The control plane as a host: in a process of its own, or within another (<c>asc dev</c>, tests).</summary>
public static class ControlPlaneHost
{
    private static readonly TimeSpan ShutdownMaximum = TimeSpan.FromSeconds(5);

    /// <summary>Composes the host; it starts with <c>StartAsync</c>, which refuses a database with pending migrations.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="signingKey">What signs; null reads <see cref="ControlPlaneOptions.SigningKeyFile"/>.</param>
    /// <param name="time">The clock; null is the system's.</param>
    /// <param name="logs">Where logs go; null: nowhere.</param>
    /// <exception cref="ControlPlaneConfigurationException">The options don't fit together.</exception>
    public static WebApplication Build(ControlPlaneOptions options, SigningKey? signingKey = null, TimeProvider? time = null, ILoggerProvider? logs = null) =>
        Build(options, signingKey, time, builder =>
        {
            // Signals and start-up errors are the embedding program's business.
            builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
            if (logs is not null)
            {
                builder.Logging.AddProvider(logs);
            }
        });

    /// <summary>Where a started host listens.</summary>
    public static ControlPlaneAddresses AddressesOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        return new(addresses[0], addresses.Length > 1 ? addresses[1] : null);
    }

    /// <summary>Applies the migrations that the database lacks.</summary>
    public static Task MigrateAsync(ControlPlaneOptions options, CancellationToken cancellation = default) =>
        DatabaseSetup.OpenStore(options).MigrateAsync(cancellation);

    /// <summary>Issues an admin token without one: the first, or where <paramref name="replace"/> is set a successor of those with the same name.</summary>
    /// <returns>The token; it is shown here and nowhere else.</returns>
    /// <exception cref="ControlPlaneConfigurationException">There is an admin token, and nothing is to be replaced.</exception>
    public static Task<string> BootstrapAsync(ControlPlaneOptions options, string name, bool replace = false, TimeProvider? time = null, CancellationToken cancellation = default) =>
        AdminBootstrap.IssueAsync(DatabaseSetup.OpenStore(options), time ?? TimeProvider.System, name, replace, cancellation);

    /// <summary>
    /// Begins a new epoch after the database was restored from a backup or replaced: nodes then take policy, keys and switches as this database has them.
    /// </summary>
    /// <returns>The epoch, and the version that nodes go to; null: nothing is published.</returns>
    /// <exception cref="ControlPlaneConfigurationException">There is no reason, or the database lacks migrations.</exception>
    public static async Task<(long Epoch, long? Version)> RestoredAsync(
        ControlPlaneOptions options, string operatorName, string why, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        var store = DatabaseSetup.OpenStore(options);
        await DatabaseSetup.RequireMigratedAsync(store, cancellation);
        return await NewEpoch.BeginAsync(store, time ?? TimeProvider.System, operatorName, why, cancellation);
    }

    internal static WebApplication Build(ControlPlaneOptions options, SigningKey? signingKey, TimeProvider? time, Action<WebApplicationBuilder> configure)
    {
        OptionsCheck.Require(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        // Streams end with the stop's beginning; a connection that a client doesn't let go of is cut rather than waited for.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownMaximum);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);
        configure(builder);
        builder.ListenFor(options);
        builder.Services.AddControlPlane(options, signingKey ?? SigningKeyFile.Load(options.SigningKeyFile), time ?? TimeProvider.System);
        var app = builder.Build();
        app.MapControlPlane();
        return app;
    }
}

/// <param name="Grpc">E.g. "http://127.0.0.1:5101".</param>
/// <param name="Health">Null: none was asked for.</param>
public sealed record ControlPlaneAddresses(string Grpc, string? Health);
