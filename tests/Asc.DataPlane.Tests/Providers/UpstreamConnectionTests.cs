using System.Text;
using Asc.DataPlane.Providers;
using Microsoft.Extensions.Time.Testing;

namespace Asc.DataPlane.Tests.Providers;

internal sealed class UpstreamConnectionTests
{
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private readonly FakeTimeProvider clock = new();

    [Test]
    public async Task A_connection_is_used_again()
    {
        var heads = new List<string>();
        await using var provider = new ScriptedProvider(async stream =>
        {
            while (true)
            {
                heads.Add(await ScriptedProvider.ReadRequestAsync(stream));
                await ScriptedProvider.SayAsync(stream, heads.Count % 2 == 1 ? Hello : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            }
        });
        using var destination = Destination(provider);

        for (var i = 0; i < 4; i++)
        {
            Assert.That(await AskAsync(destination, provider), Is.EqualTo("hello"));
        }

        Assert.That(provider.Connections, Is.EqualTo(1));
        Assert.That(heads, Has.Count.EqualTo(4).And.All.EqualTo(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: {provider.Url.Authority}\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n"));
    }

    [TestCase("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello", TestName = "It says that it closes")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n", TestName = "It says more than was asked")]
    [TestCase("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", TestName = "It speaks HTTP/1.0")]
    [TestCase("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello", TestName = "Interim answers are passed over")]
    public async Task A_connection_that_can_not_be_trusted_is_not_used_again(string answer)
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, answer);
            await ScriptedProvider.ReadRequestAsync(stream);
        });
        using var destination = Destination(provider);

        Assert.That(await AskAsync(destination, provider), Is.EqualTo("hello"));
        Assert.That(await AskAsync(destination, provider), Is.EqualTo("hello"));
        Assert.That(provider.Connections, Is.EqualTo(2));
    }

    [Test]
    public async Task A_connection_that_ended_while_it_was_idle_is_not_used()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, Hello);
        });
        using var destination = Destination(provider);

        for (var i = 0; i < 3; i++)
        {
            Assert.That(await AskAsync(destination, provider), Is.EqualTo("hello"));
            // The end is on its way.
            await WaitUntilAsync(() => destination.Count == 0, destination.Sweep);
        }

        Assert.That(provider.Connections, Is.EqualTo(3));
    }

    [Test]
    public async Task Idle_connections_go_after_a_while_and_old_ones_too()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            while (true)
            {
                await ScriptedProvider.ReadRequestAsync(stream);
                await ScriptedProvider.SayAsync(stream, Hello);
            }
        });
        using var destination = Destination(provider);
        await AskAsync(destination, provider);
        clock.Advance(Asc.DataPlane.Providers.Destination.IdleMaximum + TimeSpan.FromSeconds(1));
        destination.Sweep();
        Assert.That((destination.Count, destination.IdleCount), Is.EqualTo((0, 0)));

        var uses = Asc.DataPlane.Providers.Destination.LifetimeMaximum / TimeSpan.FromMinutes(1);
        for (var i = 0; i < uses + 2; i++)
        {
            await AskAsync(destination, provider);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(provider.Connections, Is.EqualTo(3));
    }

    [Test]
    public async Task Without_a_length_the_answer_ends_with_the_connection()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, "HTTP/1.1 200 OK\r\n\r\nhello");
        });
        using var destination = Destination(provider);

        Assert.That(await AskAsync(destination, provider), Is.EqualTo("hello"));
    }

    [TestCase("", UpstreamFailure.Cut)]
    [TestCase("HTTP/1.1 200 OK\r\nContent-", UpstreamFailure.Cut)]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", UpstreamFailure.Cut)]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", UpstreamFailure.Cut)]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n\r\n", UpstreamFailure.Malformed)]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\nContent-Length: x\r\n\r\n", UpstreamFailure.Malformed)]
    public async Task Half_an_answer_is_none(string answer, UpstreamFailure failure)
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, answer);
        });
        using var destination = Destination(provider);

        Assert.That(await FailureOfAsync(AskAsync(destination, provider)), Is.EqualTo(failure));
        Assert.That(destination.Count, Is.Zero);
    }

    [Test]
    public async Task A_connection_that_ended_instead_of_answering_again_is_not_kept()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, Hello);
            await ScriptedProvider.ReadRequestAsync(stream);
        });
        using var destination = Destination(provider);
        await AskAsync(destination, provider);

        Assert.That(await FailureOfAsync(AskAsync(destination, provider)), Is.EqualTo(UpstreamFailure.Cut));
        Assert.That((destination.Count, destination.IdleCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Closed_connections_are_forgotten_below_those_in_use()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            while (true)
            {
                await ScriptedProvider.ReadRequestAsync(stream);
                await ScriptedProvider.SayAsync(stream, Hello);
            }
        });
        using var destination = Destination(provider);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(destination, provider)));
        clock.Advance(Asc.DataPlane.Providers.Destination.IdleMaximum - TimeSpan.FromSeconds(1));
        await AskAsync(destination, provider);
        clock.Advance(TimeSpan.FromSeconds(2));

        destination.Sweep();

        Assert.That((destination.Count, destination.IdleCount), Is.EqualTo((1, 1)));
        Assert.That(await AskAsync(destination, provider), Is.EqualTo("hello"));
    }

    [Test]
    public async Task An_answer_that_has_said_all_is_read_to_its_late_end_and_the_connection_used_again()
    {
        var released = new TaskCompletionSource();
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n[DONE]\r\n");
            await released.Task;
            await ScriptedProvider.SayAsync(stream, "0\r\n\r\n");
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, Hello);
        });
        using var destination = Destination(provider);
        var connection = await SendAsync(destination, provider);
        await connection.ReadHeadAsync();
        Assert.That(await connection.Body.ReadAtLeastAsync(new byte[6], 6), Is.EqualTo(6));

        connection.HasSaidAll = true;
        await connection.ReleaseAsync();
        Assert.That(destination.IdleCount, Is.Zero);
        released.SetResult();
        await WaitUntilAsync(() => destination.IdleCount == 1);

        Assert.That(await AskAsync(destination, provider), Is.EqualTo("hello"));
        Assert.That(provider.Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_that_has_said_all_and_never_ends_is_given_up()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n[DONE]\r\n");
            await stream.ReadExactlyAsync(new byte[1]);
        });
        using var destination = Destination(provider);
        var connection = await SendAsync(destination, provider);
        await connection.ReadHeadAsync();
        await connection.Body.ReadAtLeastAsync(new byte[6], 6);
        connection.HasSaidAll = true;
        await connection.ReleaseAsync();

        clock.Advance(TimeSpan.FromSeconds(2));
        await WaitUntilAsync(() => destination.Count == 0, destination.Sweep);
    }

    [Test]
    public async Task Sweeping_and_leasing_don_t_get_in_each_others_way()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            while (true)
            {
                await ScriptedProvider.ReadRequestAsync(stream);
                await ScriptedProvider.SayAsync(stream, Hello);
            }
        });
        using var destination = Destination(provider);
        using var over = new CancellationTokenSource();
        var sweeping = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                destination.Sweep();
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                Assert.That(await AskAsync(destination, provider), Is.EqualTo("hello"));
            }
        })));

        await over.CancelAsync();
        await sweeping;
        Assert.That(provider.Connections, Is.LessThanOrEqualTo(8), "no connection was lost on the way");
    }

    [Test]
    public async Task A_head_without_end_is_given_up()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, "HTTP/1.1 200 OK\r\n");
            while (true)
            {
                await ScriptedProvider.SayAsync(stream, "a: 0123456789012345678901234567890123456789\r\n");
            }
        });
        using var destination = Destination(provider);

        Assert.That(await FailureOfAsync(AskAsync(destination, provider)), Is.EqualTo(UpstreamFailure.Malformed));
    }

    [Test]
    public async Task A_provider_that_falls_silent_is_given_up_when_it_is_overdue()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await stream.ReadExactlyAsync(new byte[1]);
        });
        using var destination = Destination(provider);

        var asking = AskAsync(destination, provider, patience: TimeSpan.FromSeconds(20));
        await WaitUntilAsync(() => destination.Count == 1);
        clock.Advance(TimeSpan.FromSeconds(19));
        destination.Sweep();
        Assert.That(asking.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(2));
        await WaitUntilAsync(() => asking.IsCompleted, destination.Sweep);

        Assert.That(await FailureOfAsync(asking), Is.EqualTo(UpstreamFailure.TimedOut));
    }

    [Test]
    public async Task A_client_that_leaves_ends_the_call_at_once()
    {
        var (asked, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            asked.SetResult();
            try
            {
                await stream.ReadExactlyAsync(new byte[1]);
            }
            finally
            {
                ended.SetResult();
            }
        });
        using var destination = Destination(provider);
        using var client = new CancellationTokenSource();
        var asking = AskAsync(destination, provider, clientAborted: client.Token);
        await asked.Task;

        await client.CancelAsync();

        Assert.That(await FailureOfAsync(asking), Is.EqualTo(UpstreamFailure.ClientLeft));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task An_answer_that_comes_before_the_whole_request_was_read_is_an_answer()
    {
        var over = new TaskCompletionSource();
        await using var provider = new ScriptedProvider(async stream =>
        {
            await stream.ReadExactlyAsync(new byte[100]);
            await ScriptedProvider.SayAsync(stream, "HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nhello");
            // It reads no further, and doesn't close either.
            await over.Task;
        });
        using var destination = Destination(provider);

        Assert.That(await AskAsync(destination, provider, body: new byte[32 * 1024 * 1024]), Is.EqualTo("hello"));
        Assert.That(destination.Count, Is.Zero, "half a request was sent: nobody may send another after it");
        over.SetResult();
    }

    [Test]
    public async Task A_long_request_arrives_whole()
    {
        byte[] body = [.. Enumerable.Range(0, 5 * 1024 * 1024).Select(i => (byte)i)];
        var received = new byte[body.Length];
        await using var provider = new ScriptedProvider(async stream =>
        {
            var head = $"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{0:00000}\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
            await stream.ReadExactlyAsync(new byte[head.Length]);
            await stream.ReadExactlyAsync(received);
            await ScriptedProvider.SayAsync(stream, Hello);
        });
        using var destination = Destination(provider);

        Assert.That(await AskAsync(destination, provider, body: body), Is.EqualTo("hello"));
        Assert.That(received, Is.EqualTo(body));
    }

    private static async Task<string> AskAsync(
        Destination destination, ScriptedProvider provider, byte[]? body = null, TimeSpan? patience = null, CancellationToken clientAborted = default)
    {
        var connection = await SendAsync(destination, provider, body, patience, clientAborted);
        try
        {
            await connection.ReadHeadAsync();
            using var reader = new StreamReader(connection.Body, Encoding.ASCII);
            return await reader.ReadToEndAsync(CancellationToken.None);
        }
        finally
        {
            await connection.ReleaseAsync();
        }
    }

    private static async Task<UpstreamConnection> SendAsync(
        Destination destination, ScriptedProvider provider, byte[]? body = null, TimeSpan? patience = null, CancellationToken clientAborted = default)
    {
        var connection = await destination.LeaseAsync(clientAborted);
        connection.Begin(new UpstreamTarget(destination, new Uri(provider.Url, "/v1/chat/completions")), clientAborted);
        connection.Expect(patience ?? TimeSpan.FromMinutes(1));
        var headers = new UpstreamHeaders();
        headers.Add("Accept", "*/*");
        var pieces = default(BodyPieces);
        var content = body ?? [.. "ping"u8];
        pieces[1] = content.AsMemory(0, content.Length / 2);
        pieces[3] = content.AsMemory(content.Length / 2);
        await connection.SendAsync(headers, pieces);
        return connection;
    }

    private static async Task<UpstreamFailure> FailureOfAsync(Task asking)
    {
        try
        {
            await asking;
            return UpstreamFailure.None;
        }
        catch (UpstreamException exception)
        {
            return exception.Failure;
        }
    }

    private static async Task WaitUntilAsync(Func<bool> condition, Action? meanwhile = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            meanwhile?.Invoke();
            await Task.Yield();
        }
    }

    private Destination Destination(ScriptedProvider provider) => new(provider.Url, privateNetwork: true, trust: null, clock);
}
