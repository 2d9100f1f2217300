using System.Net.Sockets;
using System.Text;
using Asc.DataPlane.Wire;
using Asc.Simulator;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Asc.DataPlane.Tests.Wire;

/// <summary>Clients that send too much or too slowly, or take too slowly: each hears of it in its own protocol, where HTTP still lets anybody tell.</summary>
[TestFixture]
internal sealed class ClientLimitTests : GatewayFixture
{
    protected override void Configure(DataPlaneOptions options)
    {
        (options.ClientHeadTimeout, options.ClientIdleTimeout, options.ClientRateGrace) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
        (options.ClientBytesPerSecond, options.RequestBodyMaximum) = (100_000_000, 2048);
    }

    [Test]
    public void By_default_a_body_may_be_20_MB_and_nothing_is_left_to_the_server()
    {
        var (limits, options) = (new KestrelServerLimits(), new DataPlaneOptions());
        ClientLimits.Set(limits, options);
        Assert.That((limits.MaxRequestBodySize, limits.RequestHeadersTimeout, limits.KeepAliveTimeout), Is.EqualTo((20L * 1024 * 1024, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(130))));
        Assert.That((limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinRequestBodyDataRate.GracePeriod), Is.EqualTo((240d, TimeSpan.FromSeconds(5))));
        Assert.That((limits.MinResponseDataRate!.BytesPerSecond, limits.MinResponseDataRate.GracePeriod), Is.EqualTo((240d, TimeSpan.FromSeconds(5))));
        Assert.That((limits.MaxRequestHeadersTotalSize, limits.MaxRequestHeaderCount, limits.MaxRequestLineSize), Is.EqualTo((64 * 1024, 200, 32 * 1024)));
        Assert.That(node.Get<IOptions<KestrelServerOptions>>().Value.Limits.MinRequestBodyDataRate!.GracePeriod, Is.EqualTo(TimeSpan.FromSeconds(1.5)), "it is what the node runs by");
    }

    [TestCase("/v1/chat/completions", "{\"error\":{\"message\":\"", "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"request_timeout\"")]
    [TestCase("/v1/messages", "{\"type\":\"error\",\"error\":{\"type\":\"timeout_error\"", "\"code\":\"request_timeout\"")]
    public async Task A_body_that_comes_too_slowly_is_408_in_the_clients_protocol(string path, params string[] told)
    {
        var answer = await RawAsync(Post(path, 1000) + "{\"model\":");
        Assert.That(answer, Does.StartWith("HTTP/1.1 408 "));
        Assert.That(answer, Does.Contain("came too slowly").And.Not.Contain("MinRequestBodyDataRate"), "the server's options are no matter of the client's");
        Assert.That(answer, told.Aggregate(Does.Contain("x-asc-request-id"), (all, one) => all.And.Contain(one)));
        Assert.That((await RecordAsync()).Code, Is.EqualTo("request_timeout"));
    }

    // Of half a head nobody knows what protocol it is of: the server answers by itself.
    [Test]
    public async Task A_head_that_comes_too_slowly_is_a_bare_408() =>
        Assert.That(await RawAsync("POST /v1/messages HTTP/1.1\r\nHost: x\r\nanthropic-ver"), Does.StartWith("HTTP/1.1 408 ").And.EndWith("\r\n\r\n"));

    [Test]
    public async Task A_connection_that_nobody_uses_is_closed() => Assert.That(await RawAsync(""), Is.Empty);

    [Test]
    public async Task A_client_that_does_not_take_its_answer_is_cut_off()
    {
        await simulator.DisposeAsync();
        simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero, MinAnswerTokens = 30_000 });
        await RestartNodeAsync();
        using var connection = new TcpClient { ReceiveBufferSize = 4096 };
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Post("/v1/chat/completions", Streamed.Length) + Streamed));

        var record = await RecordAsync();
        Assert.That((record.Code, record.Outcome), Is.EqualTo(("client_closed_request", Contracts.Telemetry.V1.Outcome.Aborted)));
    }

    [TestCase("/v1/chat/completions", "invalid_request_error")]
    [TestCase("/v1/messages", "request_too_large")]
    public async Task A_body_that_is_too_long_is_413_in_the_clients_protocol(string path, string type)
    {
        var answer = await RawAsync(Closing(path, 2049) + new string(' ', 2049));
        Assert.That(answer, Does.StartWith("HTTP/1.1 413 ").And.Contain($"\"type\":\"{type}\"").And.Contain("\"code\":\"request_too_large\"").And.Contain("2048 bytes"));
    }

    [TestCase("")]
    [TestCase("content-encoding: gzip\r\n")]
    public async Task Who_sends_all_of_a_body_that_is_too_long_hears_of_it_behind_that(string header)
    {
        const int length = 16 * 1024 * 1024;
        var head = Post("/v1/chat/completions", length);
        var answer = await RawAsync(head.Insert(head.IndexOf("content-length", StringComparison.Ordinal), header) + new string(' ', length));
        Assert.That(answer, Does.StartWith("HTTP/1.1 413 ").And.Contain("2048 bytes"));
    }

    [Test]
    public async Task So_does_who_does_not_say_beforehand_how_long_it_is()
    {
        const int chunk = 64 * 1024;
        var head = Post("/v1/chat/completions", 0).Replace("content-length: 0", "transfer-encoding: chunked", StringComparison.Ordinal);
        var chunks = string.Concat(Enumerable.Repeat($"{chunk:x}\r\n{new string(' ', chunk)}\r\n", 256));
        Assert.That(await RawAsync($"{head}{chunks}0\r\n\r\n"), Does.StartWith("HTTP/1.1 413 ").And.Contain("2048 bytes"));
    }

    [TestCase("/v1/chat/completions")]
    [TestCase("/v1/messages")]
    [TestCase("/v1/embeddings")]
    public async Task JSON_that_is_too_deep_is_400_in_the_clients_protocol(string path)
    {
        var body = $"{{\"model\":\"gpt-5-mini\",\"x\":{new string('[', 64)}{new string(']', 64)}}}";
        var answer = await RawAsync(Closing(path, body.Length) + body);
        Assert.That(answer, Does.StartWith("HTTP/1.1 400 ").And.Contain("at most 64 levels").And.Contain("\"code\":\"invalid_request\""));
        Assert.That(answer.Contains("{\"type\":\"error\"", StringComparison.Ordinal), Is.EqualTo(path == "/v1/messages"));
    }

    [TestCase("/v1/chat/completions")]
    [TestCase("/v1/messages")]
    public async Task Headers_that_are_too_large_are_431_in_the_clients_protocol(string path)
    {
        var head = Closing(path, 0).Replace("Host: x", $"Host: x\r\nx-large: {new string('x', 33_000)}", StringComparison.Ordinal);
        var answer = await RawAsync(head);
        Assert.That(answer, Does.StartWith("HTTP/1.1 431 ").And.Contain("\"code\":\"headers_too_large\""));
        Assert.That(answer.Contains("{\"type\":\"error\"", StringComparison.Ordinal), Is.EqualTo(path == "/v1/messages"));
    }

    private string Post(string path, int length) =>
        $"POST {path} HTTP/1.1\r\nHost: x\r\nx-api-key: {secret.Reveal()}\r\nanthropic-version: 2023-06-01\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n";

    // Who reads to the end then waits for nothing.
    private string Closing(string path, int length) => Post(path, length).Replace("Host: x", "Host: x\r\nconnection: close", StringComparison.Ordinal);

    // What the node says until it closes the connection.
    private async Task<string> RawAsync(string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            while (await connection.GetStream().ReadAsync(buffer, patience.Token) is > 0 and var read)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Closed, with something of the request unread.
        }

        return answer.ToString();
    }
}
