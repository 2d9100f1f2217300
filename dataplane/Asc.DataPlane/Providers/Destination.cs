using System.Net;
using System.Net.Sockets;

namespace Asc.DataPlane.Providers;

/// <summary>A provider's connections: HTTP/1.1 (HTTP/2 to a provider costs half as much CPU again), no redirects, no cookies, no proxy, no added headers.</summary>
internal sealed class Destination(bool privateNetwork) : IDisposable
{
    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // A provider's addresses change: new connections look them up again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, privateNetwork, cancellation),
    });

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => invoker.SendAsync(request, cancellation);

    public void Dispose() => invoker.Dispose();

    // Judged on the resolved address, last before the socket: a name that is rebound to a private address gets nowhere.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, bool privateNetwork, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, cancellation);
        var permitted = Array.FindAll(addresses, address => AddressRange.IsPermitted(address, privateNetwork));
        if (permitted.Length == 0)
        {
            throw new EgressRefusedException(
                $"{endpoint.Host} resolves to {string.Join(", ", addresses.AsEnumerable())}: a provider at such an address needs network: private");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, endpoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
