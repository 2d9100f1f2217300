using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Asc.Contracts.Policy.V1;
using Asc.Simulator;
using Asc.Simulator.Faults;

namespace Asc.DataPlane.Tests.Wire;

/// <summary>A stream that breaks, and clients that read of it only when the node has done with it (ADR 7).</summary>
[TestFixture]
internal sealed class LateReaderTests : GatewayFixture
{
    private const int Clients = 200;
    // So many that none of them fails often enough to be left alone: a circuit counts a broken stream three times, and opens from ten on.
    private const int Providers = 100;
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(300);

    [Test]
    public async Task They_get_the_error_event_and_no_clean_end()
    {
        await StartAsync(tokens: 0, chunks: 3);
        AssertAllHeard(await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => HearLateAsync(number % Providers))));
    }

    // What they have not taken yet fills the sockets on both sides when the stream breaks.
    [Test]
    public async Task Slow_ones_do_so_too()
    {
        await StartAsync(tokens: 12_000, chunks: 10_000);
        AssertAllHeard(await Task.WhenAll(Enumerable.Range(0, 10).Select(HearSlowlyAsync)));
    }

    private static void AssertAllHeard((string Text, bool WasReset)[] heard)
    {
        Assert.That(heard.Count(static one => PiecesOf(one.Text).Contains("\"code\":\"provider_error\"", StringComparison.Ordinal)), Is.EqualTo(heard.Length), "the error event");
        Assert.That(heard.Select(one => one.Text), Has.None.EndsWith("0\r\n\r\n"), "half an answer must not look like a whole one");
        Assert.That(heard.Count(one => one.WasReset), Is.Zero, "a reset makes many a client forget what it has not read yet");
    }

    // An event may lie in two chunks (RFC 9112, 7.1).
    private static string PiecesOf(string answer)
    {
        var pieces = new StringBuilder();
        var at = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        for (var head = 0; at < answer.Length && (head = answer.IndexOf("\r\n", at, StringComparison.Ordinal)) > at;)
        {
            var piece = answer.AsSpan(head + 2);
            var length = Math.Min(piece.Length, int.Parse(answer.AsSpan(at..head), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            pieces.Append(piece[..length]);
            at = head + 2 + length + 2;
        }

        return pieces.ToString();
    }

    private async Task StartAsync(int tokens, int chunks)
    {
        await simulator.DisposeAsync();
        simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero, MinAnswerTokens = tokens });
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = chunks });
        var resources = Enumerable.Range(0, Providers).SelectMany(number =>
        {
            var provider = TestPublisher.Provider($"p{number}", "eu", simulator.OpenAiBaseUrl($"eu{number}").ToString());
            provider.Provider.Credential.Secret = "p-eu";
            var model = TestPublisher.Model($"m{number}", $"p{number}");
            model.Model.Deployments[0].UpstreamModel = "gpt-5-mini-2025-08-07";
            return (Resource[])[provider, model];
        });
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", [.. resources, TestPublisher.Tenant("acme", ["m*"], "eu")]), publisher, default);
    }

    private async Task<TcpClient> AskAsync(string model)
    {
        var body = Streamed.Replace("gpt-5-mini", model, StringComparison.Ordinal);
        var connection = new TcpClient { ReceiveBufferSize = 4096 };
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nauthorization: Bearer {secret.Reveal()}\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\n\r\n{body}"));
        return connection;
    }

    private async Task<(string Text, bool WasReset)> HearLateAsync(int number)
    {
        using var connection = await AskAsync($"m{number}");
        await Task.Delay(Late);
        return await HearAsync(connection, pause: TimeSpan.Zero);
    }

    private async Task<(string Text, bool WasReset)> HearSlowlyAsync(int number)
    {
        using var connection = await AskAsync($"m{number}");
        return await HearAsync(connection, TimeSpan.FromMilliseconds(4));
    }

    private static async Task<(string Text, bool WasReset)> HearAsync(TcpClient connection, TimeSpan pause)
    {
        var (answer, piece) = (new MemoryStream(), new byte[32 * 1024]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            while (await connection.GetStream().ReadAsync(piece, patience.Token) is > 0 and var read)
            {
                answer.Write(piece, 0, read);
                await (pause == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(pause, patience.Token));
            }

            return (Encoding.UTF8.GetString(answer.ToArray()), false);
        }
        catch (IOException)
        {
            return (Encoding.UTF8.GetString(answer.ToArray()), true);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The answer never ended. Heard of it: {Encoding.UTF8.GetString(answer.ToArray())}");
        }
    }
}
