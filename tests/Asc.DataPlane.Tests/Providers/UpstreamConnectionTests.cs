using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Tests.Providers;

/// <summary>What is an answer, and what is not.</summary>
internal sealed class UpstreamConnectionTests : UpstreamFixture
{
    [Test]
    public async Task Without_a_length_the_answer_ends_with_the_connection()
    {
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await ScriptedProvider.SayAsync(stream, "HTTP/1.1 200 OK\r\n\r\nhello");
        });
        using var destination = Destination(provider);

        Assert.That(await AskAsync(destination, provider.Url), Is.EqualTo("hello"));
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

        Assert.That(await FailureOfAsync(AskAsync(destination, provider.Url)), Is.EqualTo(failure));
        Assert.That(destination.Count, Is.Zero);
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

        Assert.That(await FailureOfAsync(AskAsync(destination, provider.Url)), Is.EqualTo(UpstreamFailure.Malformed));
    }

    [Test]
    public async Task A_provider_that_falls_silent_is_given_up_when_it_is_overdue()
    {
        var asked = new TaskCompletionSource();
        await using var provider = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            asked.SetResult();
            await stream.ReadExactlyAsync(new byte[1]);
        });
        using var destination = Destination(provider);

        var asking = AskAsync(destination, provider.Url, patience: TimeSpan.FromSeconds(20));
        await asked.Task;
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
        var asking = AskAsync(destination, provider.Url, clientAborted: client.Token);
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

        Assert.That(await AskAsync(destination, provider.Url, body: new byte[32 * 1024 * 1024]), Is.EqualTo("hello"));
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

        Assert.That(await AskAsync(destination, provider.Url, body: body), Is.EqualTo("hello"));
        Assert.That(received, Is.EqualTo(body));
    }
}
