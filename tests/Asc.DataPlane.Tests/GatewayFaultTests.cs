using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Decisions;
using Asc.Simulator;
using Asc.Simulator.Faults;
using Asc.Simulator.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests;

/// <summary>What happens when a provider or a client doesn't do as it should.</summary>
[TestFixture]
internal sealed class GatewayFaultTests : GatewayFixture
{
    [Test]
    public async Task A_client_that_leaves_ends_the_provider_call_and_what_it_used_is_counted()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 3 });
        using (var leaving = new CancellationTokenSource())
        {
            using var response = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead, leaving.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(leaving.Token);
            await stream.ReadExactlyAsync(new byte[300], leaving.Token);
            response.Dispose();
        }

        var seen = await SeenAsync();
        Assert.That(seen.ClientAborted, Is.True);
        var record = await RecordAsync();
        Assert.Multiple(() =>
        {
            Assert.That((record.Outcome, record.Code, record.Status), Is.EqualTo((Outcome.Aborted, "client_closed_request", 499u)));
            Assert.That(record.Usage.Estimated, Is.True);
            Assert.That(record.Usage.Output, Is.GreaterThan(0));
            Assert.That(record.Usage.Input, Is.GreaterThan(0));
        });
    }

    [TestCase(FaultKind.Cut, "provider_error")]
    [TestCase(FaultKind.Malformed, "provider_error")]
    public async Task A_stream_that_breaks_ends_with_an_error_event_and_a_cut_connection(FaultKind kind, string code)
    {
        simulator.SetFaults(new Fault { Kind = kind, AfterChunks = 3 });

        using var response = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var last = "";
        await Assert.ThatAsync(
            async () =>
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    last = line.Length > 0 ? line : last;
                }
            },
            Throws.InstanceOf<IOException>(), "half an answer must not look like a whole one");

        Assert.That(JsonNode.Parse(last["data: ".Length..])!["error"]!["code"]!.GetValue<string>(), Is.EqualTo(code));
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Code, record.Usage.Estimated), Is.EqualTo((Outcome.Failed, code, true)));
        Assert.That(record.Usage.Output, Is.GreaterThan(0));
    }

    [TestCase(429, 429, "provider_rate_limited")]
    [TestCase(500, 502, "provider_error")]
    [TestCase(503, 502, "provider_error")]
    [TestCase(401, 502, "provider_error")]
    [TestCase(400, 400, "provider_rejected")]
    [TestCase(422, 422, "provider_rejected")]
    public async Task A_providers_refusal_becomes_ASCs_own_error(int upstream, int status, string code)
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = upstream, Headers = new Dictionary<string, string> { ["retry-after"] = "7" } });

        await AssertErrorAsync(Request(Chat), status, code);
        var record = await RecordAsync();
        Assert.That((record.UpstreamStatus, record.Usage.Output, record.Attempts), Is.EqualTo(((uint)upstream, 0ul, 1u)));
    }

    [TestCase(500, "", false)]
    [TestCase(429, "", false)]
    [TestCase(504, "", false)]
    [TestCase(401, "", false)]
    [TestCase(400, "", false)]
    [TestCase(429, "7", true)]
    public async Task Once_the_nodes_own_attempts_are_spent_a_client_is_to_come_again_only_where_the_provider_says_when(int upstream, string retryAfter, bool mayHelp)
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = upstream, Headers = new Dictionary<string, string>(retryAfter.Length == 0 ? [] : [new("retry-after", retryAfter)]) });

        using var response = await PostAsync(Chat);

        Assert.That(response.Headers.TryGetValues("x-should-retry", out var said) ? said.Single() : "", Is.EqualTo(mayHelp ? "" : "false"));
    }

    [Test]
    public async Task Why_a_call_failed_is_in_the_log_once_however_many_fail()
    {
        var log = new LogCapture();
        await RestartNodeAsync(services => services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log));
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut });

        for (var i = 0; i < 3; i++)
        {
            await AssertErrorAsync(Request(Chat), 502, "provider_error");
        }

        Assert.That(log.Lines.Where(line => line.Contains("A call to p-eu failed: Cut", StringComparison.Ordinal)).ToArray(), Has.Length.EqualTo(1));
        Assert.That(log.Lines, Has.None.Contains("provider-secret"));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n{\"error\":{\"message\":\"org-secret\"}}", 502, "provider_error")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\nhello", 502, "provider_error")]
    [TestCase("HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: 31\r\n\r\n{\"error\":{\"message\":\"\\ud800 x\"}}", 400, "provider_rejected")]
    [TestCase("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 33\r\n\r\n<html><h1>org-secret</h1></html>\n", 502, "provider_error")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 33\r\n\r\n<html><h1>org-secret</h1></html>\n", 502, "provider_error")]
    [TestCase("HTTP/1.1 204 No Content\r\n\r\n", 502, "provider_error")]
    [TestCase("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n", 502, "provider_error")]
    [TestCase("nonsense\r\n\r\n", 502, "provider_error")]
    [TestCase("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 500\r\n\r\n{\"err", 429, "provider_rate_limited")]
    [TestCase("HTTP/1.1 422 Unprocessable\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"err", 422, "provider_rejected")]
    public async Task Whatever_a_provider_answers_the_client_gets_an_error_of_its_own_protocol(string answer, int status, string code)
    {
        await using var odd = new OddProvider(answer);
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources(url: odd.Url)), publisher, default);

        await AssertErrorAsync(Request(Chat), status, code);
        Assert.That((await RecordAsync()).Usage.Output, Is.Zero);
    }

    [TestCase("application/json", Chat)]
    [TestCase("text/event-stream", Streamed)]
    public async Task An_answer_that_is_compressed_unasked_is_no_answer(string type, string body)
    {
        await using var odd = new OddProvider($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n\u001fgzip");
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources(url: odd.Url)), publisher, default);

        await AssertErrorAsync(Request(body), 502, "provider_error");
    }

    [Test]
    public async Task A_stream_that_has_said_it_is_over_is_over_whatever_the_connection_does()
    {
        await using var odd = new OddProvider("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9999\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources(url: odd.Url)), publisher, default);

        using var response = await PostAsync(Streamed);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.EndWith("data: [DONE]\n\n"));
        Assert.That((await RecordAsync()).Outcome, Is.EqualTo(Outcome.Ok));
    }

    [Test]
    public async Task A_call_of_which_no_byte_was_sent_used_nothing()
    {
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources(url: "http://127.0.0.1:9/v1")), publisher, default);

        await AssertErrorAsync(Request(Chat), 502, "provider_error", "can't be reached");
        Assert.That((await RecordAsync()).Usage.Input, Is.Zero);
    }

    [Test]
    public async Task A_client_that_breaks_off_in_its_own_request_is_recorded_as_gone()
    {
        for (var i = 0; i < 5; i++)
        {
            using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { LingerState = new(true, 0) };
            await socket.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {secret.Reveal()}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"mo"));
            if (i % 2 == 0)
            {
                socket.LingerState = new(false, 0);
                socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
                try
                {
                    await socket.ReceiveAsync(new byte[1000]);
                }
                catch (System.Net.Sockets.SocketException)
                {
                    // An answer or a reset: the client that left doesn't care.
                }
            }
        }

        IReadOnlyList<ExecutionRecord> records = [];
        for (var i = 0; i < 500 && records.Count < 5; i++)
        {
            records = await node.Get<IRecordSpool>().RecordsAsync(0);
            await Task.Delay(10);
        }

        Assert.That(records.Select(record => (record.Outcome, record.Code)), Is.All.EqualTo((Outcome.Aborted, "client_closed_request")));
    }

    [Test]
    public async Task A_cut_answer_is_a_provider_error_and_no_half_body()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut });

        await AssertErrorAsync(Request(Chat), 502, "provider_error");
    }

    [Test]
    public async Task A_provider_without_a_credential_on_the_node_is_not_called()
    {
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources("p-unknown")), publisher, default);

        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target", "no credential \"p-unknown\"");
        Assert.That(simulator.Requests.Items, Is.Empty);
    }
}
