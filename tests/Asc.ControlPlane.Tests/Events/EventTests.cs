using Asc.Contracts.Admin.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;
using Google.Protobuf.WellKnownTypes;

namespace Asc.ControlPlane.Tests.Events;

internal sealed class EventTests
{
    [Test]
    public async Task The_newest_are_told_oldest_first()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        for (var n = 0; n < 5; n++)
        {
            await plane.KeyAsync("acme/retail");
        }

        var all = await ReportTests.ReadAsync(plane, new());
        Assert.That(all.Select(item => item.Admin.Action), Is.EqualTo(new[] { "token.bootstrap", "apply", "publish" }.Concat(Enumerable.Repeat("key.create", 5))));
        Assert.That(all.Select(item => item.At.ToDateTimeOffset()), Is.Ordered);
        Assert.That(await ReportTests.ReadAsync(plane, new() { Limit = 3 }), Is.EqualTo(all.TakeLast(3)));
        Assert.That(await ReportTests.ReadAsync(plane, new() { Since = all[^2].At }), Is.EqualTo(all.TakeLast(2)));
    }

    [Test]
    public async Task Following_leaves_no_gap_and_repeats_nothing()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/health");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        await reporter.SendAsync(reporter.Batch([1, 2], record => ReportTests.Served(record, key.Key)));

        using var call = plane.Admin.StreamEvents(new() { Follow = true, Tenant = "acme" });
        var told = new List<string>();
        var writing = Task.WhenAll(
            Task.Run(async () =>
            {
                for (var n = 3; n < 203; n += 5)
                {
                    await reporter.SendAsync(reporter.Batch(Enumerable.Range(n, 5), record => ReportTests.Served(record, key.Key)));
                }
            }),
            Task.Run(async () =>
            {
                for (var n = 0; n < 20; n++)
                {
                    await plane.KeyAsync("acme/retail");
                }
            }));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (told.Count < 1 + 202 + 20)
        {
            Assert.That(await call.ResponseStream.MoveNext(deadline.Token));
            told.Add(call.ResponseStream.Current.Id);
        }

        await writing;
        Assert.That(told, Is.Unique);
        Assert.That(told, Is.EquivalentTo((await ReportTests.ReadAsync(plane, new() { Tenant = "acme", Limit = 1000 })).Select(item => item.Id)));
    }

    [Test]
    public async Task Filters_choose()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var (health, retail) = (await plane.KeyAsync("acme/health"), await plane.KeyAsync("acme/retail"));
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        var batch = reporter.Batch([1, 2, 3]);
        ReportTests.Served(batch.Records[0], health.Key);
        ReportTests.Denied(batch.Records[1], retail.Key, "model_not_allowed").RequestedModel = "small";
        batch.Records[1].Rule = "models.allow";
        batch.Records[0].Observed.AddRange(new[] { "tags.allow", "workloads.allow", "models.deny" }.Select(rule => new ObservedDenial { Rule = rule }));
        ReportTests.Served(batch.Records[2], retail.Key);
        await reporter.SendAsync(batch);

        async Task ExpectAsync(StreamEventsRequest request, params ulong[] sequences) =>
            Assert.That((await ReportTests.ReadAsync(plane, request)).Select(item => item.Request?.Sequence ?? 0), Is.EqualTo(sequences), request.ToString());

        await ExpectAsync(new() { Tenant = "acme/retail" }, [2, 3, 0]);
        await ExpectAsync(new() { Tenant = "acme/retail", Type = "request" }, [2, 3]);
        await ExpectAsync(new() { KeyId = health.Key.Id, Type = "request" }, [1]);
        await ExpectAsync(new() { Model = "small" }, [2]);
        await ExpectAsync(new() { Provider = "sim-eu" }, [1, 3]);
        await ExpectAsync(new() { Outcome = "denied" }, [2]);
        await ExpectAsync(new() { Rule = "models.allow" }, [2]);
        await ExpectAsync(new() { Rule = "model_not_allowed" }, [2]);
        foreach (var observed in new[] { "tags.allow", "workloads.allow", "models.deny" })
        {
            await ExpectAsync(new() { Rule = observed }, [1]);
        }

        await ExpectAsync(new() { Rule = "allow" }, []);
        await ExpectAsync(new() { RequestId = batch.Records[2].Id }, [3]);
        await ExpectAsync(new() { Since = Timestamp.FromDateTimeOffset(DateTimeOffset.MaxValue.AddYears(-1)) });
    }
}
