using System.Net;
using System.Net.Sockets;

namespace Asc.DataPlane.Providers;

/// <summary>Which addresses a provider may have (IANA special-purpose registries, RFC 6890).</summary>
internal static class AddressRange
{
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>Link-local (cloud metadata), multicast and unspecified addresses never; private and loopback ones where the provider is declared so.</summary>
    public static bool IsPermitted(IPAddress address, bool privateNetwork)
    {
        var actual = Embedded(address);
        return !Array.Exists(Never, network => network.Contains(actual))
            && (privateNetwork || !Array.Exists(Private, network => network.Contains(actual)));
    }

    // IPv4 inside IPv6: mapped (::ffff:0:0/96) and NAT64 (64:ff9b::/96, RFC 6052).
    private static IPAddress Embedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        ReadOnlySpan<byte> nat64 = [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
        return bytes.AsSpan(0, 12).SequenceEqual(nat64) ? new IPAddress(bytes.AsSpan(12)) : address;
    }
}
