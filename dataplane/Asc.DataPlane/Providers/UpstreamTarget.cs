using System.Text;

namespace Asc.DataPlane.Providers;

/// <summary>Where a provider takes requests: its connections, and the first lines of every request there.</summary>
internal sealed class UpstreamTarget(Destination destination, Uri url)
{
    public Destination Destination { get; } = destination;

    /// <summary>The request line and the host (RFC 9112, 3.2).</summary>
    public ReadOnlyMemory<byte> FirstLines { get; } = Encoding.ASCII.GetBytes($"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {Host(url)}\r\n");

    private static string Host(Uri url)
    {
        var name = url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]" : url.IdnHost;
        return url.IsDefaultPort ? name : $"{name}:{url.Port}";
    }
}
