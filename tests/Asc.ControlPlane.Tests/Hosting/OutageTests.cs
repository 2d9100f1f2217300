using System.Net;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Asc.ControlPlane.Tests.Hosting;

/// <summary>The database goes away and comes back.</summary>
internal sealed class OutageTests
{
    [Test]
    public async Task It_stays_ready_and_says_that_it_is_degraded()
    {
        var outage = new DatabaseOutage();
        await using var plane = await TestPlane.StartAsync(configure: options => options.HealthPort = 0, outage: outage);
        using var client = new HttpClient { BaseAddress = new Uri(plane.Addresses.Health!) };
        Assert.That(await client.GetStringAsync("/readyz"), Is.EqualTo("ready\n"), "from the first answer on");

        outage.Begin();
        await Eventually.GetAsync(() => client.GetStringAsync("/readyz"), body => body == "degraded: database unreachable\n");
        using (var answer = await client.GetAsync("/readyz"))
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), "nodes must find the replicas all the same");
        }

        outage.End();
        await Eventually.GetAsync(() => client.GetStringAsync("/readyz"), body => body == "ready\n");
        plane.ExpectedErrors = 1;
    }

    [Test]
    public async Task The_first_call_that_meets_the_outage_tells_of_it()
    {
        var outage = new DatabaseOutage();
        await using var plane = await TestPlane.StartAsync(configure: options => options.PollInterval = TimeSpan.FromHours(1), outage: outage);
        var watch = plane.Services.GetRequiredService<ControlPlane.Distribution.CommitWatch>();
        // Else the watch itself may be the first to meet it.
        await Eventually.GetAsync(() => Task.FromResult(watch.HasLooked), looked => looked);
        outage.Begin();
        var (status, error) = await Refusal.OfAsync(plane.Admin.ListKeysAsync(new()));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.Unavailable, "unavailable")));
        Assert.That(error.Message, Does.Contain("database"));
        plane.ExpectedErrors = plane.Logs.Lines.Count(line => line.Level >= LogLevel.Error && line.Line.Contains("because the database does not answer", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_call_that_meets_it_while_it_saves_tells_of_it_too()
    {
        await using var plane = await TestPlane.StartAsync(configure: options => options.PollInterval = TimeSpan.FromHours(1), outage: new FailingInserts("DraftResources"));
        var (status, error) = await Refusal.OfAsync(plane.Admin.ApplyAsync(new() { Resources = { Sample.All } }));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.Unavailable, "unavailable")), error.Message);
        plane.ExpectedErrors = 1;
    }

    [Test]
    public async Task Streams_go_on_calls_fail_clearly_and_what_is_published_afterwards_arrives()
    {
        var outage = new DatabaseOutage();
        await using var plane = await TestPlane.StartAsync(configure: options => options.HealthPort = 0, outage: outage);
        using var client = new HttpClient { BaseAddress = new Uri(plane.Addresses.Health!) };
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("eu")).Token;
        await using var node = await TestNode.ConnectAsync(plane, token, "eu");
        await node.AcceptAsync();
        await using var reporter = new Reporter(plane, token);
        await reporter.SendAsync(reporter.Batch([1]));

        outage.Begin();
        await Eventually.GetAsync(() => client.GetStringAsync("/readyz"), body => body.StartsWith("degraded", StringComparison.Ordinal));
        await node.BeatAsync(7);
        var (status, error) = await Refusal.OfAsync(plane.Admin.PublishAsync(new() { Message = "no" }));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.Unavailable, "unavailable")));
        Assert.That(error.Message, Does.Contain("database"));
        var unstored = await Assert.ThrowsAsync<RpcException>(() => reporter.SendAsync(reporter.Batch([2])));
        Assert.That(unstored!.StatusCode, Is.EqualTo(StatusCode.Unavailable), "what isn't stored is not acknowledged");

        outage.End();
        await Eventually.GetAsync(() => client.GetStringAsync("/readyz"), body => body == "ready\n");
        await plane.PublishAsync(Sample.Tenant("other"));
        await node.AcceptAsync();
        Assert.That(node.Manifest!.Version, Is.EqualTo(2), "on the stream that it had");
        await using var again = new Reporter(plane, token);
        Assert.That((await again.SendAsync(again.Batch([2]))).ThroughSequence, Is.EqualTo(2));
        string[] expected = ["The database can't be read", "What is to be sent can't be read", "because the database does not answer"];
        plane.ExpectedErrors = plane.Logs.Lines.Count(line => line.Level >= LogLevel.Error && expected.Any(text => line.Line.Contains(text, StringComparison.Ordinal)));
    }
}
