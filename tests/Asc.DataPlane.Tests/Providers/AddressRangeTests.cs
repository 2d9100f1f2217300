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
    public void An_address_is_dialled_only_where_the_providers_network_covers_it(string address, bool publicNetwork, bool privateNetwork) =>
        Assert.That(
            (AddressRange.IsPermitted(IPAddress.Parse(address), privateNetwork: false), AddressRange.IsPermitted(IPAddress.Parse(address), privateNetwork: true)),
            Is.EqualTo((publicNetwork, privateNetwork)));
}
