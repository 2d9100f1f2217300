using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

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
    private DateTime writtenAt;
    private long lookedAt;

    public CertificateFiles(string certificateFile, string keyFile, TimeProvider time)
    {
        (this.certificateFile, this.keyFile, this.time) = (certificateFile, keyFile, time);
        (current, writtenAt, lookedAt) = (Read(), WrittenAt(), time.GetTimestamp());
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

    private void Refresh()
    {
        if (WrittenAt() is var written && written != writtenAt)
        {
            try
            {
                (current, writtenAt) = (Read(), written);
            }
            catch (ControlPlaneConfigurationException)
            {
                // Half of a renewal: the certificate is written and its key is not yet. The next look finds both.
            }
        }
    }

    private DateTime WrittenAt() =>
        File.GetLastWriteTimeUtc(certificateFile) is var certificate && File.GetLastWriteTimeUtc(keyFile) is var key && key > certificate ? key : certificate;

    private SslStreamCertificateContext Read()
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificateFile);
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), chain);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ControlPlaneConfigurationException($"the certificate {certificateFile} with the key {keyFile} can't be used: {exception.Message}");
        }
    }
}
