using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Asc.DataPlane.Tests.Wire;

/// <summary>A compressed body is read as if it were not, and refused where it is too much, broken, or compressed in a way that nobody here reads.</summary>
[TestFixture]
internal sealed class RequestEncodingTests : GatewayFixture
{
    private const int Maximum = 20 * 1024 * 1024;

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("deflate")]
    [TestCase("GZIP")]
    [TestCase("x-gzip")]
    [TestCase("identity")]
    public async Task A_compressed_body_reaches_the_provider_expanded(string encoding)
    {
        using var request = Compressed(Compress(Encoding.UTF8.GetBytes(Chat), encoding), encoding);
        using var response = await client.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        var seen = await SeenAsync();
        Assert.That(seen.Headers.Keys, Has.None.EqualTo("content-encoding").IgnoreCase);
        Assert.That(JsonNode.Parse(seen.Body.Span)!["messages"]!.ToJsonString(), Is.EqualTo(JsonNode.Parse(Chat)!["messages"]!.ToJsonString()));
        Assert.That((await RecordAsync()).Usage.Input, Is.GreaterThan(0));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("deflate")]
    public async Task A_bomb_is_413_and_is_not_expanded_further_than_that(string encoding)
    {
        // 2 GB of blanks in the first of them.
        var bomb = Compress(new byte[64 * 1024 * 1024], encoding);
        var bombs = encoding == "gzip" ? Enumerable.Repeat(bomb, 32).SelectMany(one => one).ToArray() : bomb;
        using var request = Compressed(bombs, encoding);
        await AssertErrorAsync(request, 413, "request_too_large", $"{Maximum} bytes once it is expanded from {encoding}");

        var record = await RecordAsync();
        Assert.That((record.Code, record.Status, record.Tenant, record.KeyId), Is.EqualTo(("request_too_large", 413u, "acme", secret.Id)));
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [TestCase(20 * 1024 * 1024, 400)]
    [TestCase((20 * 1024 * 1024) + 1, 413)]
    public async Task It_is_the_expanded_body_that_counts(int length, int status)
    {
        using var request = Compressed(Compress(Encoding.ASCII.GetBytes(new string(' ', length)), "gzip"), "gzip");
        using var response = await client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("zstd")]
    [TestCase("compress")]
    [TestCase("gzip, br")]
    [TestCase("")]
    public async Task What_nobody_reads_is_415_and_told_what_is_read(string encoding)
    {
        using var request = Compressed(Encoding.UTF8.GetBytes(Chat), encoding);
        using var response = await client.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(415));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("unsupported_media_type").And.Contain("gzip, br, deflate"));
        Assert.That(Header(response, "accept-encoding"), Is.EqualTo("gzip, br, deflate"));
        Assert.That((await RecordAsync()).Code, Is.EqualTo("unsupported_media_type"));
    }

    // The end of what is cut off is missed as JSON's.
    [Test]
    public async Task A_body_that_is_not_what_it_says_or_is_cut_off_is_400([Values("gzip", "br", "deflate")] string encoding, [Values] bool isCut)
    {
        var whole = Compress(Encoding.UTF8.GetBytes(Chat), encoding);
        using var request = Compressed(isCut ? whole[..(whole.Length / 2)] : Encoding.UTF8.GetBytes(Chat), encoding);
        await AssertErrorAsync(request, 400, "invalid_request", $"not {(isCut ? "JSON" : encoding)}");
        Assert.That((await RecordAsync()).Code, Is.EqualTo("invalid_request"));
    }

    [TestCase("gzip")]
    [TestCase("")]
    public async Task A_body_that_is_too_long_as_it_comes_is_413(string encoding)
    {
        var random = new byte[Maximum + 1];
        new Random(1).NextBytes(random);
        using var request = Compressed(random, encoding);
        if (encoding.Length == 0)
        {
            request.Content!.Headers.ContentEncoding.Clear();
        }

        request.Headers.ExpectContinue = true;
        await AssertErrorAsync(request, 413, "request_too_large", $"{Maximum} bytes");
    }

    private HttpRequestMessage Compressed(byte[] body, string encoding)
    {
        var request = Request("");
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Content.Headers.TryAddWithoutValidation("content-encoding", encoding);
        return request;
    }

    private static byte[] Compress(byte[] body, string encoding)
    {
        var output = new MemoryStream();
        using (Stream stream = encoding.ToLowerInvariant() switch { "gzip" or "x-gzip" => new GZipStream(output, CompressionLevel.Fastest), "br" => new BrotliStream(output, CompressionLevel.Fastest), "deflate" => new ZLibStream(output, CompressionLevel.Fastest), _ => output })
        {
            stream.Write(body);
        }

        return output.ToArray();
    }
}
