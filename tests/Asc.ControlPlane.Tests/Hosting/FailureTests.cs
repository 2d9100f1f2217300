using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;
using Asc.Persistence;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Asc.ControlPlane.Tests.Hosting;

internal sealed class FailureTests
{
    [Test]
    public async Task What_nobody_expected_is_told_by_a_correlation_id_and_logged_once()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.Services.GetRequiredService<ControlPlaneStore>().WriteAsync(
            database => database.Database.ExecuteSqlRawAsync("DROP TABLE ApiKeys"), CancellationToken.None);
        var (status, error) = await Refusal.OfAsync(plane.Admin.ListKeysAsync(new()));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.Internal, "internal_error")));
        Assert.That(error.Message, Does.Contain(error.CorrelationId).And.Not.Contain("ApiKeys"));
        var logged = plane.Logs.Lines.Where(line => line.Level == LogLevel.Error).ToArray();
        Assert.That(logged, Has.Length.EqualTo(1));
        Assert.That(logged[0].Line, Does.Contain(error.CorrelationId).And.Contain("ApiKeys"));
        plane.ExpectedErrors = 1;
    }

    [Test]
    public async Task Callers_that_leave_in_the_middle_are_no_error()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("eu")).Token;
        for (var n = 0; n < 20; n++)
        {
            await using var node = await TestNode.ConnectAsync(plane, token, "eu", $"node-{n}");
            await node.AcceptAsync();
            await using var reporter = new Reporter(plane, token, node: $"node-{n}");
            await reporter.SendAsync(reporter.Batch([1]));
            using var events = plane.Admin.StreamEvents(new() { Follow = true });
            await events.ResponseStream.MoveNext(CancellationToken.None);
        }

        await Eventually.GetAsync(
            () => Task.FromResult(plane.Logs.Lines.Count(line => line.Line.Contains("left", StringComparison.Ordinal))), left => left == 20);
    }
}
