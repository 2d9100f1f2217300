using System.Net;

namespace Asc.DataPlane.Providers;

/// <summary>
/// A host's addresses, looked up once for all that open a connection at about the same time: the resolver takes lookups of one name one after
/// the other.
/// </summary>
internal sealed class NameLookup(string host, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);
    private readonly Lock starting = new();
    private Task<IPAddress[]>? running;
    private long startedAt;

    /// <exception cref="System.Net.Sockets.SocketException">There is no such host, or nobody to ask.</exception>
    /// <exception cref="OperationCanceledException">The caller's patience ended; the lookup itself goes on, since the resolver can't be interrupted.</exception>
    public Task<IPAddress[]> FindAsync(CancellationToken cancellation)
    {
        lock (starting)
        {
            if (running is null || (running.IsCompleted && (!running.IsCompletedSuccessfully || clock.GetElapsedTime(startedAt) > Lifetime)))
            {
                (running, startedAt) = (Dns.GetHostAddressesAsync(host, CancellationToken.None), clock.GetTimestamp());
            }

            return running.WaitAsync(cancellation);
        }
    }
}
