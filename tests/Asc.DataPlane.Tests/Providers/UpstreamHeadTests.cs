using System.Text;
using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Tests.Providers;

public sealed class UpstreamHeadTests
{
    [Test]
    public void A_head_is_its_status_and_its_fields_whatever_their_case()
    {
        var head = Read("HTTP/1.1 429 Too Many Requests\r\nRetry-AFTER:  7 \r\ncontent-Length: 12\r\nX-Empty:\r\n\r\n");

        Assert.Multiple(() =>
        {
            Assert.That(head.Status, Is.EqualTo(429));
            Assert.That(Encoding.ASCII.GetString(head["retry-after"u8]), Is.EqualTo("7"));
            Assert.That(head["x-empty"u8].Length, Is.Zero);
            Assert.That(head["x-none"u8].Length, Is.Zero);
            Assert.That(head.ContentLength, Is.EqualTo(12));
            Assert.That(head.KeepsAlive, Is.True);
        });
    }

    [TestCase("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nConnection: Close\r\n\r\n")]
    [TestCase("HTTP/1.0 200 OK\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n")]
    public void Who_says_so_takes_no_other_request(string text) => Assert.That(Read(text).KeepsAlive, Is.False);

    [TestCase("HTTP/1.1 200\r\n\r\n")]
    [TestCase("HTTP/1.1 200 \r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\n\n")]
    public void What_recipients_may_accept_is_accepted(string text) => Assert.That(Read(text).Status, Is.EqualTo(200));

    [TestCase("HTTP/2 200 OK\r\n\r\n")]
    [TestCase("HTTP/1.1 20 OK\r\n\r\n")]
    [TestCase("HTTP/1.1 2000 OK\r\n\r\n")]
    [TestCase("HTTP/1.1 099 Odd\r\n\r\n")]
    [TestCase("<html>\r\n\r\n")]
    [TestCase("\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\n: nameless\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nname : spaced\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nname: folded\r\n over two lines\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n")]
    public void What_can_be_read_in_two_ways_is_refused(string text) =>
        Assert.That(() => Read(text), Throws.TypeOf<UpstreamException>().With.Property("Failure").EqualTo(UpstreamFailure.Malformed));

    [Test]
    public void Fields_have_a_limit() =>
        Assert.That(() => Read($"HTTP/1.1 200 OK\r\n{string.Concat(Enumerable.Repeat("a: b\r\n", 129))}\r\n"), Throws.TypeOf<UpstreamException>());

    private static UpstreamHead Read(string text)
    {
        var bytes = Encoding.ASCII.GetBytes("before" + text + "after");
        var head = new UpstreamHead();
        head.Read(bytes, 6, 6 + text.Length);
        return head;
    }
}
