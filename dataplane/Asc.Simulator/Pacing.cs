namespace Asc.Simulator;

/// <summary>Waits as a provider computes: by the injected clock, and not at all where a delay is zero.</summary>
internal sealed class Pacing(SimulatorOptions options, TimeProvider clock)
{
    public Task FirstTokenAsync(CancellationToken aborted) => WaitAsync(options.FirstTokenDelay, aborted);

    public Task NextChunkAsync(CancellationToken aborted) => WaitAsync(options.ChunkDelay, aborted);

    public Task WaitAsync(TimeSpan delay, CancellationToken aborted) =>
        delay <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, clock, aborted);

    /// <summary>Holds until the client leaves; ends only by cancellation.</summary>
    public Task ForeverAsync(CancellationToken aborted) => Task.Delay(Timeout.InfiniteTimeSpan, clock, aborted);
}
