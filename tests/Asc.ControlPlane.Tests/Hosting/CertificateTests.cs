using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Asc.ControlPlane.Hosting;
using Asc.ControlPlane.Tests.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Time.Testing;

namespace Asc.ControlPlane.Tests.Hosting;

internal sealed class CertificateTests
{
    private string folder = "";

    private string CertificateFile => Path.Combine(folder, "cert.pem");

    private string KeyFile => Path.Combine(folder, "key.pem");

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("asc-tls-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task With_a_certificate_gRPC_is_served_over_TLS()
    {
        var expected = Write("first");
        await using var plane = await TestPlane.StartAsync(configure: options => (options.CertificateFile, options.CertificateKeyFile) = (CertificateFile, KeyFile));
        Assert.That(plane.Addresses.Grpc, Does.StartWith("https://"));
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == expected },
        };
        using var channel = GrpcChannel.ForAddress(plane.Addresses.Grpc, new() { HttpHandler = handler });
        var admin = new Contracts.Admin.V1.Admin.AdminClient(channel);
        Assert.That((await admin.ListNodesAsync(new(), new Metadata { { "authorization", $"Bearer {plane.AdminToken}" } })).Nodes, Is.Empty);
    }

    [Test]
    public void A_renewed_certificate_is_used_without_a_restart()
    {
        var time = new FakeTimeProvider();
        var first = Write("first");
        var files = new CertificateFiles(CertificateFile, KeyFile, time);
        Assert.That(files.Current.TargetCertificate.GetCertHashString(), Is.EqualTo(first));

        var oldKey = File.ReadAllText(KeyFile);
        var second = Write("second");
        var newKey = File.ReadAllText(KeyFile);
        File.WriteAllText(KeyFile, oldKey);
        Touch(1);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.That(files.Current.TargetCertificate.GetCertHashString(), Is.EqualTo(first), "half a renewal leaves the old one");

        File.WriteAllText(KeyFile, newKey);
        Touch(2);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.That(files.Current.TargetCertificate.GetCertHashString(), Is.EqualTo(second));
    }

    [Test]
    public void A_certificate_that_Kubernetes_renews_is_used_too()
    {
        var time = new FakeTimeProvider();
        var mount = folder;
        var hashes = new[] { "one", "two" }.Select(version =>
        {
            folder = Directory.CreateDirectory(Path.Combine(mount, version)).FullName;
            return Write(version);
        }).ToArray();
        folder = mount;
        File.CreateSymbolicLink(Path.Combine(folder, "..data"), "one");
        File.CreateSymbolicLink(CertificateFile, Path.Combine("..data", "cert.pem"));
        File.CreateSymbolicLink(KeyFile, Path.Combine("..data", "key.pem"));
        var files = new CertificateFiles(CertificateFile, KeyFile, time);
        Assert.That(files.Current.TargetCertificate.GetCertHashString(), Is.EqualTo(hashes[0]));

        // The files that are named stay, and so do their times: what is between leads elsewhere.
        Directory.Delete(Path.Combine(folder, "..data"));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.That(files.Current.TargetCertificate.GetCertHashString(), Is.EqualTo(hashes[0]), "for a moment there is nothing");
        File.CreateSymbolicLink(Path.Combine(folder, "..data"), "two");
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.That(files.Current.TargetCertificate.GetCertHashString(), Is.EqualTo(hashes[1]));
    }

    private void Touch(int minutes) => File.SetLastWriteTimeUtc(KeyFile, File.GetLastWriteTimeUtc(CertificateFile).AddMinutes(minutes));

    private string Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        return certificate.GetCertHashString();
    }
}
