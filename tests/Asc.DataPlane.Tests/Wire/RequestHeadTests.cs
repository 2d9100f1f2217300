using System.Net.Sockets;
using System.Text;

namespace Asc.DataPlane.Tests.Wire;

/// <summary>A request whose line or headers are too much is refused in the client's protocol, while the server itself can still read it.</summary>
[TestFixture]
internal sealed class RequestHeadTests : GatewayFixture
{
    [Test]
    public async Task Headers_that_are_too_large_together_are_431_with_ASCs_code_and_a_record()
    {
        using var request = Request(Chat);
        request.Headers.Add("x-large-1", new string('x', 20_000));
        request.Headers.Add("x-large-2", new string('x', 20_000));
        await AssertErrorAsync(request, 431, "headers_too_large", "32768 bytes");

        var record = await RecordAsync();
        Assert.That((record.Code, record.Status, record.Tenant, record.KeyId), Is.EqualTo(("headers_too_large", 431u, "acme", secret.Id)));
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [Test]
    public async Task Too_many_headers_are_431()
    {
        using var request = Request(Chat);
        for (var i = 0; i < 120; i++)
        {
            request.Headers.Add($"x-{i}", "1");
        }

        await AssertErrorAsync(request, 431, "headers_too_large", "100 headers");
    }

    [Test]
    public async Task Large_headers_within_the_limit_pass()
    {
        using var request = Request(Chat);
        request.Headers.Add("x-large", new string('x', 30_000));
        using var response = await client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [TestCase("/v1/chat/completions?q=")]
    [TestCase("/v1/")]
    public async Task A_URL_that_is_too_long_is_414(string start)
    {
        using var request = Request(Chat);
        request.RequestUri = new(start + new string('q', 9000), UriKind.Relative);
        await AssertErrorAsync(request, 414, "uri_too_long", "8192 characters");
    }

    [Test]
    public async Task What_takes_another_method_says_which()
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, "/v1/chat/completions");
        get.Headers.Add("authorization", "Bearer " + secret.Reveal());
        using var response = await client.SendAsync(get);

        Assert.That((int)response.StatusCode, Is.EqualTo(405));
        Assert.That(response.Content.Headers.Allow, Is.EquivalentTo(new[] { "POST" }));
    }

    // Of what can't be read there is nobody to ask which protocol it meant: the server answers by itself, and closes.
    [TestCase("GET\r\n\r\n", "HTTP/1.1 400 ")]
    [TestCase("GET / HTTP/1.1\r\nbad header\r\n\r\n", "HTTP/1.1 400 ")]
    [TestCase("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ")]
    [TestCase("GET / HTTP/1.1\r\nHost: x\r\nX-Large: {70000}\r\n\r\n", "HTTP/1.1 431 ")]
    [TestCase("GET /{40000} HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 414 ")]
    public async Task What_the_server_can_not_read_gets_a_bare_status(string request, string status)
    {
        foreach (var length in new[] { 40_000, 70_000 })
        {
            request = request.Replace($"{{{length}}}", new string('x', length), StringComparison.Ordinal);
        }

        using var connection = new TcpClient();
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        var answer = new byte[status.Length];
        await connection.GetStream().ReadExactlyAsync(answer);

        Assert.That(Encoding.ASCII.GetString(answer), Is.EqualTo(status));
    }
}
