using System.Diagnostics;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Asc.ControlPlane.Tests.Hosting;

internal sealed class ShutdownTests
{
    [Test]
    public async Task Open_streams_do_not_hold_up_the_end()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("eu")).Token;
        await using var node = await TestNode.ConnectAsync(plane, token, "eu");
        await node.AcceptAsync();
        await using var reporter = new Reporter(plane, token);
        await reporter.SendAsync(reporter.Batch([1]));
        using var events = plane.Admin.StreamEvents(new() { Follow = true });
        Assert.That(await events.ResponseStream.MoveNext(CancellationToken.None));

        var since = Stopwatch.GetTimestamp();
        await plane.Services.GetRequiredService<IHost>().StopAsync();
        Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(8)), "five seconds are the most that a connection is waited for");
        // Unavailable, or what the client makes of the connection's end if that overtakes the trailers.
        Assert.That((await node.EndAsync()).StatusCode, Is.Not.EqualTo(StatusCode.OK));
    }
}
