using System.Security.Cryptography;
using System.Text;

namespace Asc.DataPlane.Secrets;

/// <summary>A provider's credential on this node. It can't print itself.</summary>
internal sealed class ProviderCredential
{
    public ProviderCredential(string name, string secret, CredentialHost? host = null)
    {
        Name = name;
        Host = host;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)).AsSpan(0, 8));
        Authorization = "Bearer " + secret;
    }

    /// <summary>The name that policy uses.</summary>
    public string Name { get; }

    /// <summary>Where it may go; null where the node's store doesn't say, and policy alone does.</summary>
    public CredentialHost? Host { get; }

    /// <summary>First 16 hex digits of the secret's SHA-256: tells two apart, reveals neither.</summary>
    public string Fingerprint { get; }

    /// <summary>The value of the <c>authorization</c> header: only for the wire.</summary>
    public string Authorization { get; }

    public bool MayGoTo(Uri url) => Host is null || Host.Permits(url);

    public override string ToString() => $"credential {Name} ({Fingerprint})";
}
