using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Asc.ControlPlane.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Asc.ControlPlane.Tests.Hosting;

internal sealed class CertificateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider time = new(Noon);
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("asc-tls-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_renewal_is_taken_up()
    {
        Write(folder, "first");
        var files = new CertificateFiles(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"), time);
        Assert.That(files.Current.TargetCertificate.Subject, Is.EqualTo("CN=first"));
        Write(folder, "second");
        Assert.That(NextOf(files), Is.EqualTo("CN=second"));
    }

    [Test]
    public void So_is_one_that_comes_as_kubernetes_mounts_it()
    {
        foreach (var name in new[] { "first", "second" })
        {
            Write(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, name);
        }

        Link("..data", "first");
        Link("tls.crt", Path.Combine("..data", "tls.crt"));
        Link("tls.key", Path.Combine("..data", "tls.key"));
        var files = new CertificateFiles(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"), time);
        Assert.That(files.Current.TargetCertificate.Subject, Is.EqualTo("CN=first"));

        // The files that are named stay, and so do their times: what is between leads elsewhere.
        Directory.Delete(Path.Combine(folder, "..data"));
        Link("..data", "second");
        Assert.That(NextOf(files), Is.EqualTo("CN=second"));
    }

    [Test]
    public void Half_of_a_renewal_leaves_the_old_one_until_the_rest_is_there()
    {
        Write(folder, "first");
        var files = new CertificateFiles(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"), time);
        var key = File.ReadAllText(Path.Combine(folder, "tls.key"));
        Write(folder, "second");
        var renewed = File.ReadAllText(Path.Combine(folder, "tls.key"));
        File.WriteAllText(Path.Combine(folder, "tls.key"), key);
        Assert.That(NextOf(files), Is.EqualTo("CN=first"));
        File.Delete(Path.Combine(folder, "tls.key"));
        Assert.That(NextOf(files), Is.EqualTo("CN=first"));
        File.WriteAllText(Path.Combine(folder, "tls.key"), renewed);
        Assert.That(NextOf(files), Is.EqualTo("CN=second"));
    }

    private string NextOf(CertificateFiles files)
    {
        time.Advance(TimeSpan.FromSeconds(6));
        return files.Current.TargetCertificate.Subject;
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(folder, name), target);

    private static void Write(string folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(Noon, Noon.AddYears(1));
        foreach (var (file, text) in new[] { ("tls.crt", certificate.ExportCertificatePem()), ("tls.key", key.ExportPkcs8PrivateKeyPem()) })
        {
            File.WriteAllText(Path.Combine(folder, file), text);
        }
    }
}
