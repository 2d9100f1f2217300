using Asc.Persistence;

namespace Asc.ControlPlane.Hosting;

/// <summary>Refuses to serve from a database that lacks migrations: applying them is a command, and never happens unasked.</summary>
internal sealed class StartupCheck(ControlPlaneStore store) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.PendingMigrationsAsync(cancellationToken) is { Count: > 0 } pending)
        {
            throw new ControlPlaneConfigurationException($"the database lacks {pending.Count} migrations ({string.Join(", ", pending)}): run \"Asc.ControlPlane migrate\" first");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
