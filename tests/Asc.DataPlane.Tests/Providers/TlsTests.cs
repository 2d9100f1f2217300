using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Asc.DataPlane.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Asc.DataPlane.Tests.Providers;

/// <summary>A provider behind TLS, with Kestrel at the other end.</summary>
internal sealed class TlsTests : UpstreamFixture
{
    [Test]
    public async Task A_provider_with_a_trusted_certificate_is_called_and_its_connection_used_again()
    {
        using var certificate = Certificate("localhost");
        await using var provider = await StartAsync(certificate);
        using var destination = Destination(provider, "localhost", certificate);

        Assert.That(await AskAsync(destination), Is.EqualTo("HTTP/1.1 ping"));
        Assert.That(await AskAsync(destination), Is.EqualTo("HTTP/1.1 ping"));
        Assert.That(destination.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var certificate = Certificate("localhost");
        await using var provider = await StartAsync(certificate);
        using var destination = Destination(provider, "localhost", trusted: null);

        Assert.That(async () => await AskAsync(destination), Throws.TypeOf<UpstreamException>().With.Property("Failure").EqualTo(UpstreamFailure.Unreachable));
    }

    [Test]
    public async Task A_certificate_of_another_host_is_refused()
    {
        using var certificate = Certificate("provider.example");
        await using var provider = await StartAsync(certificate);
        using var destination = Destination(provider, "localhost", certificate);

        Assert.That(async () => await AskAsync(destination), Throws.TypeOf<UpstreamException>().With.Property("Failure").EqualTo(UpstreamFailure.Unreachable));
    }

    private static Task<string> AskAsync(Destination destination) => AskAsync(destination, new Uri("https://localhost"));

    private static Destination Destination(WebApplication provider, string host, X509Certificate2? trusted)
    {
        var trust = trusted is null ? null : new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { trusted }, RevocationMode = X509RevocationMode.NoCheck,
        };
        return new(new Uri($"https://{host}:{new Uri(provider.Urls.Single()).Port}"), privateNetwork: true, trust, TimeProvider.System);
    }

    private static async Task<WebApplication> StartAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var application = builder.Build();
        application.Run(async http => await http.Response.WriteAsync($"{http.Request.Protocol} {await new StreamReader(http.Request.Body).ReadToEndAsync()}"));
        await application.StartAsync();
        return application;
    }

    private static X509Certificate2 Certificate(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
