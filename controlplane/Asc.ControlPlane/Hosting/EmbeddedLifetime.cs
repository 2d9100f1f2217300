namespace Asc.ControlPlane.Hosting;

/// <summary>A host within this process: signals are the process's, which ends its hosts in order.</summary>
public sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
