namespace Asc.DataPlane.Rates;

/// <summary>Forgets idle counters, with and without a control plane.</summary>
internal sealed class CounterSweep(CounterBook book, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            book.Sweep();
        }
    }
}
