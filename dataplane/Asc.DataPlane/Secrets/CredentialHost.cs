using System.Globalization;

namespace Asc.DataPlane.Secrets;

/// <summary>Where a credential may go: the node's own word for it, which no policy can change.</summary>
internal sealed class CredentialHost
{
    private const int HttpsPort = 443;
    private readonly string host;
    private readonly int? port;

    private CredentialHost(string host, int? port)
    {
        this.host = host;
        this.port = port;
    }

    /// <summary>Whether this is a host at all. What is not permits nothing, and isn't shown: it may be a secret in the wrong place.</summary>
    public bool IsValid => host.Length > 0;

    /// <summary>Reads <c>host</c> (https at its own port) or <c>host:port</c>.</summary>
    public static CredentialHost Parse(string text)
    {
        var nothing = new CredentialHost("", null);
        text = text.Trim();
        var colon = text.LastIndexOf(':') is var at && at > text.LastIndexOf(']') ? at : -1;
        var name = colon < 0 ? text : text[..colon];
        int? port = null;
        if (colon >= 0)
        {
            if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                return nothing;
            }

            port = number;
        }

        // A word without a dot or a port is more likely a key that was pasted here than a host.
        return (port is null && !name.AsSpan().ContainsAny('.', ':')) || Uri.CheckHostName(name) == UriHostNameType.Unknown || !Uri.TryCreate($"https://{name}/", UriKind.Absolute, out var url)
            ? nothing
            : new(url.IdnHost, port);
    }

    /// <summary>Whether the credential may be sent to <paramref name="url"/>.</summary>
    public bool Permits(Uri url) =>
        IsValid
        && url.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase)
        // Without a port nobody has meant cleartext.
        && (port is null ? url.Port == HttpsPort && url.Scheme == Uri.UriSchemeHttps : url.Port == port);

    public override string ToString() => IsValid ? port is null ? host : $"{host}:{port}" : "nothing";
}
