using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Asc.ControlPlane.Hosting;

/// <summary>What is listened on: gRPC over HTTP/2, and health over HTTP/1.1 on a port of its own.</summary>
internal static class Listeners
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void ListenFor(this WebApplicationBuilder builder, ControlPlaneOptions options)
    {
        var address = IPAddress.Parse(options.Listen);
        var certificate = options.UsesTls ? new CertificateFiles(options.CertificateFile!, options.CertificateKeyFile!, TimeProvider.System) : null;
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A node whose network is gone is noticed, though nothing is sent to it.
            kestrel.Limits.Http2.KeepAlivePingDelay = KeepAlive;
            kestrel.Limits.Http2.KeepAlivePingTimeout = KeepAlive;
            kestrel.Listen(address, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (certificate is not null)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
                    });
                }
            });
            if (options.HealthPort is { } healthPort)
            {
                kestrel.Listen(address, healthPort, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
    }
}
