using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Asc.DataPlane.Wire;

/// <summary>What the server itself puts up with: how large a request is, and how slow a client. Nothing here is left to the server's own defaults.</summary>
internal static class ClientLimits
{
    public static void Set(KestrelServerLimits limits, DataPlaneOptions options)
    {
        RequestHead.Extend(limits);
        limits.MaxRequestBodySize = options.RequestBodyMaximum;
        limits.RequestHeadersTimeout = options.ClientHeadTimeout;
        limits.KeepAliveTimeout = options.ClientIdleTimeout;
        limits.MinRequestBodyDataRate = new(options.ClientBytesPerSecond, options.ClientRateGrace);
        limits.MinResponseDataRate = new(options.ClientBytesPerSecond, options.ClientRateGrace);
    }
}
