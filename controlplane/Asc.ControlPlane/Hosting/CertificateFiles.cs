using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Asc.ControlPlane.Hosting;

/// <summary>A certificate from PEM files, read again when they have changed. A renewal that can't be read leaves the old one in use.</summary>
internal sealed class CertificateFiles
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private readonly string certificateFile;
    private readonly string keyFile;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private SslStreamCertificateContext current;
    private byte[] digest;
    private long lookedAt;

    public CertificateFiles(string certificateFile, string keyFile, TimeProvider time)
    {
        (this.certificateFile, this.keyFile, this.time) = (certificateFile, keyFile, time);
        try
        {
            var (certificate, key) = Read();
            (current, digest, lookedAt) = (Load(certificate, key), DigestOf(certificate, key), time.GetTimestamp());
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            throw new ControlPlaneConfigurationException($"the certificate {certificateFile} with the key {keyFile} can't be used: {exception.Message}");
        }
    }

    public SslStreamCertificateContext Current
    {
        get
        {
            lock (gate)
            {
                if (time.GetElapsedTime(lookedAt) > LookInterval)
                {
                    lookedAt = time.GetTimestamp();
                    Refresh();
                }

                return current;
            }
        }
    }

    // By content: a Kubernetes secret is renewed by a link further up that leads elsewhere, and these files' own times stay what they were.
    private void Refresh()
    {
        try
        {
            var (certificate, key) = Read();
            if (DigestOf(certificate, key) is var found && !found.AsSpan().SequenceEqual(digest))
            {
                (current, digest) = (Load(certificate, key), found);
            }
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            // Half of a renewal: the certificate is written and its key is not yet. The next look finds both.
        }
    }

    private (string Certificate, string Key) Read() => (File.ReadAllText(certificateFile), File.ReadAllText(keyFile));

    private static byte[] DigestOf(string certificate, string key) => SHA256.HashData(Encoding.UTF8.GetBytes(certificate + "\0" + key));

    private static SslStreamCertificateContext Load(string certificate, string key)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificate, key), chain);
    }

    private static bool IsUnusable(Exception exception) => exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;
}
