using Asc.Persistence;

namespace Asc.ControlPlane.Hosting;

/// <summary>Refuses to serve from a database that lacks migrations.</summary>
internal sealed class StartupCheck(ControlPlaneStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => DatabaseSetup.RequireMigratedAsync(store, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
