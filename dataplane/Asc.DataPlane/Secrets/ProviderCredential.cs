using System.Security.Cryptography;
using System.Text;
using Asc.DataPlane.Providers;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Secrets;

/// <summary>A provider's credential on this node. It can't print itself.</summary>
internal sealed class ProviderCredential
{
    private const int ShortestSought = 8;
    private readonly string secret;
    private readonly string bearer;

    public ProviderCredential(string name, string secret, CredentialHost? host = null)
    {
        Name = name;
        Host = host;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)).AsSpan(0, 8));
        (this.secret, bearer) = (secret, "Bearer " + secret);
    }

    /// <summary>The name that policy uses.</summary>
    public string Name { get; }

    /// <summary>Where it may go; null where the node's store doesn't say, and policy alone does.</summary>
    public CredentialHost? Host { get; }

    /// <summary>First 16 hex digits of the secret's SHA-256: tells two apart, reveals neither.</summary>
    public string Fingerprint { get; }

    /// <summary>Adds it as the protocol carries it: for the wire only.</summary>
    public void AddTo(UpstreamHeaders headers, ProviderProtocol protocol)
    {
        switch (protocol)
        {
            case ProviderProtocol.Anthropic:
                headers.Add("x-api-key", secret);
                break;
            case ProviderProtocol.AzureOpenAi:
                headers.Add("api-key", secret);
                break;
            default:
                headers.Add("Authorization", bearer);
                break;
        }
    }

    /// <summary>What somebody says, without it. One that is as short as a word is in many of them by chance.</summary>
    public string? RemoveFrom(string? text) => secret.Length < ShortestSought ? text : text?.Replace(secret, "[redacted]", StringComparison.Ordinal);

    public bool MayGoTo(Uri url) => Host is null || Host.Permits(url);

    public override string ToString() => $"credential {Name} ({Fingerprint})";
}
