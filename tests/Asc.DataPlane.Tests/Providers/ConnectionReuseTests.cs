using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Tests.Providers;

/// <summary>Which connections are used again, and which are given up.</summary>
internal sealed class ConnectionReuseTests : UpstreamFixture
{
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
            Assert.That(await AskAsync(destination, provider.Url), Is.EqualTo("hello"));
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

        Assert.That(await AskAsync(destination, provider.Url), Is.EqualTo("hello"));
        Assert.That(await AskAsync(destination, provider.Url), Is.EqualTo("hello"));
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
            Assert.That(await AskAsync(destination, provider.Url), Is.EqualTo("hello"));
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
        await AskAsync(destination, provider.Url);
        clock.Advance(Asc.DataPlane.Providers.Destination.IdleMaximum + TimeSpan.FromSeconds(1));
        destination.Sweep();
        Assert.That((destination.Count, destination.IdleCount), Is.EqualTo((0, 0)));

        var uses = Asc.DataPlane.Providers.Destination.LifetimeMaximum / TimeSpan.FromMinutes(1);
        for (var i = 0; i < uses + 2; i++)
        {
            await AskAsync(destination, provider.Url);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(provider.Connections, Is.EqualTo(3));
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
        await AskAsync(destination, provider.Url);

        Assert.That(await FailureOfAsync(AskAsync(destination, provider.Url)), Is.EqualTo(UpstreamFailure.Cut));
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
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(destination, provider.Url)));
        clock.Advance(Asc.DataPlane.Providers.Destination.IdleMaximum - TimeSpan.FromSeconds(1));
        await AskAsync(destination, provider.Url);
        clock.Advance(TimeSpan.FromSeconds(2));

        destination.Sweep();

        Assert.That((destination.Count, destination.IdleCount), Is.EqualTo((1, 1)));
        Assert.That(await AskAsync(destination, provider.Url), Is.EqualTo("hello"));
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
        var connection = await SendAsync(destination, provider.Url);
        await connection.ReadHeadAsync();
        Assert.That(await connection.Body.ReadAtLeastAsync(new byte[6], 6), Is.EqualTo(6));

        connection.HasSaidAll = true;
        await connection.ReleaseAsync();
        Assert.That(destination.IdleCount, Is.Zero);
        released.SetResult();
        await WaitUntilAsync(() => destination.IdleCount == 1);

        Assert.That(await AskAsync(destination, provider.Url), Is.EqualTo("hello"));
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
        var connection = await SendAsync(destination, provider.Url);
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
                Assert.That(await AskAsync(destination, provider.Url), Is.EqualTo("hello"));
            }
        })));

        await over.CancelAsync();
        await sweeping;
        Assert.That(provider.Connections, Is.LessThanOrEqualTo(8), "no connection was lost on the way");
    }
}
