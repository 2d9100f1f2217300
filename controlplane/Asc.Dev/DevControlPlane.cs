using Asc.Contracts.Admin.V1;
using Asc.Contracts.Signing;
using Asc.ControlPlane;
using Asc.ControlPlane.Hosting;
using Grpc.Core;
using Grpc.Net.Client;

namespace Asc.Dev;

/// <summary>The control plane of this process, on SQLite in the data folder, and an admin's way into it.</summary>
internal sealed class DevControlPlane : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly ControlPlaneOptions options;
    private readonly SigningKey key;
    private readonly DevComposition composition;
    private readonly GrpcChannel channel;
    private WebApplication? host;

    private DevControlPlane(ControlPlaneOptions options, SigningKey key, DevComposition composition, WebApplication host, string adminToken)
    {
        (this.options, this.key, this.composition, this.host) = (options, key, composition, host);
        AdminToken = adminToken;
        Address = new(ControlPlaneHost.AddressesOf(host).Grpc);
        options.Port = Address.Port;
        channel = GrpcChannel.ForAddress(Address);
        Admin = new(channel);
        Call = new Metadata { { "authorization", "Bearer " + adminToken } };
    }

    public Uri Address { get; }

    public VerifierKey Verifier => key.Verifier;

    public string AdminToken { get; }

    public Admin.AdminClient Admin { get; }

    public Metadata Call { get; }

    /// <summary>Migrates, starts, and issues this run's admin token; the one before dies.</summary>
    public static async Task<DevControlPlane> StartAsync(DevOptions options, DevComposition composition, CancellationToken cancellation)
    {
        var controlPlane = new ControlPlaneOptions
        {
            Database = "sqlite", ConnectionString = $"Data Source={Path.Combine(options.DataDirectory, "control-plane.db")}",
            Listen = "127.0.0.1", Port = options.Port(1), HeartbeatInterval = Beat,
        };
        var key = ReadSigningKey(Path.Combine(options.DataDirectory, "signing.key"));
        await ControlPlaneHost.MigrateAsync(controlPlane, cancellation);
        var token = await ControlPlaneHost.BootstrapAsync(controlPlane, "dev", replace: true, cancellation: cancellation);
        return new DevControlPlane(controlPlane, key, composition, await ServeAsync(controlPlane, key, composition, cancellation), token);
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

    /// <summary>On the same port, after <see cref="StopAsync"/>.</summary>
    public async Task RestartAsync(CancellationToken cancellation) => host = await ServeAsync(options, key, composition, cancellation);

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await StopAsync();
    }

    private static async Task<WebApplication> ServeAsync(ControlPlaneOptions options, SigningKey key, DevComposition composition, CancellationToken cancellation)
    {
        var host = ControlPlaneHost.Build(options, key, logs: composition.Logs ?? DevLogs.Create());
        await DevStack.ListenAsync(host, "control plane", options.Port, cancellation);
        return host;
    }

    private static SigningKey ReadSigningKey(string path)
    {
        if (!File.Exists(path))
        {
            SigningKeyFile.Create(path, "asc-dev");
        }

        return SigningKeyFile.Load(path);
    }
}
