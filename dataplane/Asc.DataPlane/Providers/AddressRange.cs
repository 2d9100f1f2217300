using System.Net;
using System.Net.Sockets;

namespace Asc.DataPlane.Providers;

/// <summary>Which addresses a provider may have (IANA special-purpose registries, RFC 6890).</summary>
internal static class AddressRange
{
    // Of IPv6 the rest is reserved, or holds an IPv4 address in a form that some network still understands (compatible, translated, a NAT64 of its own).
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Never =
    [
        // Unspecified, link-local (and so most clouds' metadata), multicast and reserved.
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("224.0.0.0/3"),
        // Metadata and agents of clouds at other addresses: Alibaba, Azure; AWS, Google, Oracle.
        IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("fd00:ec2::/48"), IPNetwork.Parse("fd20:ce::/48"), IPNetwork.Parse("fd00:c1::/48"),
        // Tunnels to an IPv4 address that is inside: 6to4 (and its relays), Teredo.
        IPNetwork.Parse("2002::/16"), IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("2001::/32"),
        // Documentation.
        IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("3fff::/20"),
    ];

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>
    /// Cloud metadata, multicast, reserved, documentation and tunnel addresses never; private and loopback ones where the provider is declared so.
    /// </summary>
    public static bool IsPermitted(IPAddress address, bool privateNetwork)
    {
        var actual = Embedded(address);
        return !IsIn(Never, actual)
            && (IsIn(Private, actual) ? privateNetwork : actual.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(actual));
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => Array.Exists(networks, network => network.Contains(address));

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
