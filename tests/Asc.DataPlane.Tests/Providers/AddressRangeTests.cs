using System.Net;
using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Tests.Providers;

public sealed class AddressRangeTests
{
    [TestCase("8.8.8.8", true, true)]
    [TestCase("2001:4860:4860::8888", true, true)]
    [TestCase("10.1.2.3", false, true)]
    [TestCase("127.0.0.1", false, true)]
    [TestCase("172.31.255.255", false, true)]
    [TestCase("172.32.0.1", true, true)]
    [TestCase("192.168.0.1", false, true)]
    [TestCase("100.64.0.1", false, true)]
    [TestCase("::1", false, true)]
    [TestCase("fd00::1", false, true)]
    [TestCase("::ffff:127.0.0.1", false, true)]
    [TestCase("64:ff9b::7f00:1", false, true)]
    [TestCase("169.254.169.254", false, false)]
    [TestCase("::ffff:169.254.169.254", false, false)]
    [TestCase("64:ff9b::a9fe:a9fe", false, false)]
    [TestCase("fe80::1", false, false)]
    [TestCase("0.0.0.0", false, false)]
    [TestCase("::", false, false)]
    [TestCase("224.0.0.1", false, false)]
    [TestCase("255.255.255.255", false, false)]
    // Cloud metadata services, over either protocol.
    [TestCase("fd00:ec2::254", false, false)]
    [TestCase("fd20:ce::254", false, false)]
    [TestCase("100.100.100.200", false, false)]
    [TestCase("168.63.129.16", false, false)]
    [TestCase("fd00:ec2::23", false, false)]
    [TestCase("fd00:c1::a9fe:a9fe", false, false)]
    [TestCase("fd00:ec3::254", false, true)]
    // IPv4 inside IPv6: 6to4, Teredo, IPv4-compatible, IPv4-translated, NAT64 of a network's own.
    [TestCase("2002:808:808::1", false, false)]
    [TestCase("2002:a9fe:a9fe::1", false, false)]
    [TestCase("2002:7f00:1::1", false, false)]
    [TestCase("2001:0:4136:e378:8000:63bf:3fff:fdd2", false, false)]
    [TestCase("2001:1::1", true, true)]
    [TestCase("::7f00:1", false, false)]
    [TestCase("::a9fe:a9fe", false, false)]
    [TestCase("::ffff:0:7f00:1", false, false)]
    [TestCase("64:ff9b:1::7f00:1", false, false)]
    [TestCase("64:ff9b::808:808", true, true)]
    [TestCase("fec0::1", false, false)]
    [TestCase("192.0.2.1", false, false)]
    [TestCase("198.51.100.1", false, false)]
    [TestCase("203.0.113.1", false, false)]
    [TestCase("2001:db8::1", false, false)]
    [TestCase("3fff::1", false, false)]
    [TestCase("100::1", false, false)]
    [TestCase("5f00::1", false, false)]
    [TestCase("192.88.99.1", false, false)]
    [TestCase("240.0.0.1", false, false)]
    [TestCase("192.0.0.8", false, true)]
    [TestCase("198.18.0.1", false, true)]
    public void An_address_is_dialled_only_where_the_providers_network_covers_it(string address, bool publicNetwork, bool privateNetwork) =>
        Assert.That(
            (AddressRange.IsPermitted(IPAddress.Parse(address), privateNetwork: false), AddressRange.IsPermitted(IPAddress.Parse(address), privateNetwork: true)),
            Is.EqualTo((publicNetwork, privateNetwork)));
}
