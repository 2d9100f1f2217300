using System.Collections.Concurrent;

namespace Asc.ControlPlane.Distribution;

/// <summary>The streams of this process by node: a second one with the same name replaces the first, which is dead or an impostor of itself.</summary>
internal sealed class LiveStreams
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> streams = new(StringComparer.Ordinal);

    /// <summary>Takes the name; <paramref name="replaced"/> is cancelled when someone else does.</summary>
    public void Enter(string node, CancellationTokenSource replaced)
    {
        CancellationTokenSource? previous = null;
        streams.AddOrUpdate(node, replaced, (_, current) =>
        {
            previous = current;
            return replaced;
        });
        try
        {
            previous?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It left at this very moment, which is what was wanted.
        }
    }

    /// <summary>Gives the name back, if it is still this stream's.</summary>
    public void Leave(string node, CancellationTokenSource replaced) => streams.TryRemove(new(node, replaced));
}
