using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Security.Authentication;

namespace Asc.DataPlane.Providers;

/// <summary>
/// A provider's connections: HTTP/1.1 (HTTP/2 to a provider costs half as much CPU again), TLS where its URL says so. The one used last is
/// used next, so that what is not needed ages and goes.
/// </summary>
/// <param name="origin">Scheme, host and port.</param>
/// <param name="privateNetwork">Whether the provider is declared to be at a private address.</param>
/// <param name="trust">Which certificates are trusted; null: those of the system.</param>
internal sealed class Destination(Uri origin, bool privateNetwork, X509ChainPolicy? trust, TimeProvider clock) : IDisposable
{
    /// <summary>How long an unused connection is kept.</summary>
    public static readonly TimeSpan IdleMaximum = TimeSpan.FromMinutes(2);

    /// <summary>How long a connection is used: a provider's addresses change, and new connections look them up again.</summary>
    public static readonly TimeSpan LifetimeMaximum = TimeSpan.FromMinutes(5);

    // A certificate that is missing is not fetched: nothing may block the thread that shakes hands.
    private static readonly X509ChainPolicy SystemTrust = new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
    private readonly ConcurrentStack<UpstreamConnection> idle = new();
    private readonly ConcurrentDictionary<UpstreamConnection, byte> open = new();
    private readonly NameLookup addresses = new(origin.IdnHost, clock);

    /// <summary>Open connections, idle or not.</summary>
    public int Count => open.Count;

    /// <summary>Connections that wait for a request, or are still to be forgotten.</summary>
    public int IdleCount => idle.Count;

    /// <summary>An idle connection, or a new one within <paramref name="patience"/>.</summary>
    /// <exception cref="UpstreamException">None came about.</exception>
    public ValueTask<UpstreamConnection> LeaseAsync(TimeSpan patience, CancellationToken clientAborted)
    {
        while (idle.TryPop(out var connection))
        {
            if (connection.TryLease())
            {
                return new(connection);
            }
        }

        return OpenAsync(patience, clientAborted);
    }

    /// <summary>Takes back what was leased.</summary>
    public void Return(UpstreamConnection connection) => idle.Push(connection);

    /// <summary>The connection is closed.</summary>
    public void Forget(UpstreamConnection connection) => open.TryRemove(connection, out _);

    /// <summary>Ends what is overdue and what was idle too long; called a few times a second.</summary>
    public void Sweep()
    {
        var closed = false;
        foreach (var (connection, _) in open)
        {
            connection.Sweep();
            closed |= connection.IsClosed;
        }

        if (closed)
        {
            ForgetClosed();
        }
    }

    public void Dispose()
    {
        foreach (var (connection, _) in open)
        {
            connection.Close();
        }
    }

    // They lie below those that are used, where nobody would ever come across them. Whoever finds no idle connection meanwhile opens one.
    private void ForgetClosed()
    {
        var all = new UpstreamConnection[idle.Count];
        var live = all.AsSpan(0, idle.TryPopRange(all)).ToArray().Where(connection => !connection.IsClosed).Reverse().ToArray();
        if (live.Length > 0)
        {
            idle.PushRange(live);
        }
    }

    private async ValueTask<UpstreamConnection> OpenAsync(TimeSpan patience, CancellationToken clientAborted)
    {
        using var waiting = new CancellationTokenSource(patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, clientAborted);
        Socket? socket = null;
        try
        {
            socket = await ConnectAsync(ending.Token);
            var stream = await SecureAsync(new NetworkStream(socket), ending.Token);
            var connection = new UpstreamConnection(socket, stream, this, clock);
            open.TryAdd(connection, 0);
            connection.StartReading();
            return connection;
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or OperationCanceledException or ArgumentException)
        {
            socket?.Dispose();
            throw exception as UpstreamException ?? (clientAborted.IsCancellationRequested
                ? new UpstreamException(UpstreamFailure.ClientLeft, "the client left", exception)
                : new UpstreamException(UpstreamFailure.Unreachable, $"{origin.Authority} can't be reached: {exception.Message}", exception));
        }
    }

    // Judged on the resolved address, last before the socket: a name that is rebound to a private address gets nowhere.
    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var found = await addresses.FindAsync(cancellation);
        var permitted = Array.FindAll(found, address => AddressRange.IsPermitted(address, privateNetwork));
        if (permitted.Length == 0)
        {
            throw new UpstreamException(
                UpstreamFailure.Refused, $"{origin.IdnHost} resolves to {string.Join(", ", found.AsEnumerable())}: a provider at such an address needs network: private");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, origin.Port, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<Stream> SecureAsync(NetworkStream plain, CancellationToken cancellation)
    {
        if (origin.Scheme != Uri.UriSchemeHttps)
        {
            return plain;
        }

        var secured = new SslStream(plain);
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = origin.IdnHost, ApplicationProtocols = [SslApplicationProtocol.Http11], CertificateChainPolicy = trust ?? SystemTrust }, cancellation);
        return secured;
    }
}
