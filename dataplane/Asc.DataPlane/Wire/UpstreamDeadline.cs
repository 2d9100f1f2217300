namespace Asc.DataPlane.Wire;

/// <summary>
/// Ends a provider call when the client leaves, at once, or when the provider falls silent. One reusable source per exchange; moving the
/// deadline allocates nothing, so it can be moved with each chunk.
/// </summary>
internal sealed class UpstreamDeadline : IDisposable
{
    private const long SlackMilliseconds = 1000;
    private CancellationTokenSource source = new();
    private long movedAt;
    private CancellationTokenRegistration clientLeaves;

    public CancellationToken Token => source.Token;

    /// <summary>Follows the client from here on.</summary>
    public void Begin(CancellationToken clientAborted) =>
        clientLeaves = clientAborted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);

    /// <summary>Whatever comes next must come within <paramref name="patience"/>, give or take a second: a timer is not touched for each chunk.</summary>
    public void Move(TimeSpan patience)
    {
        var now = Environment.TickCount64;
        if (now - movedAt > SlackMilliseconds)
        {
            movedAt = now;
            source.CancelAfter(patience);
        }
    }

    /// <summary>Nothing is due from the provider for now.</summary>
    public void Suspend()
    {
        movedAt = 0;
        source.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Forgets the client; ready for the next exchange.</summary>
    public void Reset()
    {
        // Waits for a running callback: afterwards the client's leaving can't end a later exchange.
        clientLeaves.Dispose();
        clientLeaves = default;
        movedAt = 0;
        if (!source.TryReset())
        {
            source.Dispose();
            source = new();
        }
    }

    public void Dispose() => source.Dispose();
}
