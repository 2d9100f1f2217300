using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Replay;

/// <summary>The admins' question: what would another policy have done?</summary>
internal sealed class ReplayTests
{
    [Test]
    public async Task What_a_draft_would_change_is_told_by_tenant_by_reason_and_with_examples()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Priced());
        var (health, retail) = (await plane.KeyAsync("acme/health"), await plane.KeyAsync("acme/retail"));
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        var batch = reporter.Batch(Enumerable.Range(1, 12));
        foreach (var record in batch.Records.Take(5))
        {
            Served(record, retail.Key, "small");
        }

        Served(batch.Records[5], retail.Key, "gpt-5-mini");
        Served(batch.Records[6], health.Key, "chat-default");
        var denied = ReportTests.Denied(batch.Records[7], health.Key, "model_not_allowed");
        (denied.RequestedModel, denied.Rule) = ("small", "models.allow");
        ReportTests.Denied(batch.Records[8], health.Key, "key_revoked");
        ReportTests.Denied(batch.Records[9], retail.Key, "invalid_request");
        await reporter.SendAsync(batch);
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("acme/retail", ["gpt-5-mini"]), Sample.Tenant("acme/health", ["chat-default", "gpt-*", "small"], ["eu"]), Sample.Route("chat-default", "small") } });

        var replay = await plane.Admin.ReplayAsync(Since());
        Assert.That(
            (replay.HasAgainst, replay.Totals.Records, replay.Totals.Unchanged, replay.Totals.NewlyDenied, replay.Totals.NewlyPermitted, replay.Totals.Rerouted, replay.Totals.NotJudged),
            Is.EqualTo((false, 12UL, 1UL, 5UL, 1UL, 1UL, 4UL)), replay.ToString());
        Assert.That(replay.Tenants.Select(one => (one.Tenant, one.Totals.Records, one.Totals.NewlyDenied, one.Totals.Rerouted)), Is.EqualTo(new[] { ("acme/retail", 7UL, 5UL, 0UL), ("acme/health", 3UL, 0UL, 1UL) }));
        Assert.That(replay.Reasons.Select(one => (one.Kind, one.Code, one.Rule, one.Origin, one.Requests)), Is.EqualTo(new[]
        {
            ("newlyDenied", "model_not_allowed", "models.allow", "acme/retail", 5UL), ("newlyPermitted", "model_not_allowed", "models.allow", "acme/health", 1UL),
        }));

        // small costs 0.00008 a request of 12 and 34 tokens, gpt-5-mini 0.000071.
        Assert.That(replay.Totals.CostSaved.Single(), Is.EqualTo(new Money { Amount = "0.0004", Currency = "USD" }));
        Assert.That(replay.Totals.CostDifference.Single(), Is.EqualTo(new Money { Amount = "-0.000391", Currency = "USD" }), "five saved, one rerouted to what is dearer by 0.000009");

        var newest = replay.Examples.First();
        Assert.Multiple(() =>
        {
            Assert.That(replay.Examples.Select(example => (example.Kind, example.RequestId)), Is.EqualTo(new[]
            {
                ("newlyDenied", batch.Records[4].Id), ("newlyPermitted", denied.Id), ("rerouted", batch.Records[6].Id),
            }), "of those that are alike the newest");
            Assert.That((newest.Tenant, newest.Model, newest.Before, newest.After, newest.Rule), Is.EqualTo(("acme/retail", "small", "small-1 of sim-eu in eu", "model_not_allowed", "models.allow")));
            Assert.That(newest.Message, Is.EqualTo("acme/retail may not use \"small\": models.allow of acme/retail does not include it. Allowed here: gpt-5-mini."));
            Assert.That(replay.Examples[^1].Message, Is.EqualTo("\"chat-default\" goes to small-1 of sim-eu in eu, and no longer to gpt-5-mini-1 of sim-eu in eu."));
        });

        var same = await plane.Admin.ReplayAsync(Since(request => request.Against = 1));
        Assert.That((same.Against, same.Totals.Unchanged, same.Totals.NotJudged, same.Examples.Count, same.Totals.CostDifference.Count), Is.EqualTo((1UL, 8UL, 4UL, 0, 0)));
    }

    [Test]
    public async Task A_span_a_tenant_or_the_newest_few_are_replayed_where_they_are_asked_for()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var (health, retail) = (await plane.KeyAsync("acme/health"), await plane.KeyAsync("acme/retail"));
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        var batch = reporter.Batch(Enumerable.Range(1, 6), record => ReportTests.Served(record, record.Sequence <= 4 ? retail.Key : health.Key));
        await reporter.SendAsync(batch);

        Assert.That(await RecordsAsync(plane), Is.EqualTo(6UL));
        Assert.That(await RecordsAsync(plane, request => request.Tenant = "acme"), Is.EqualTo(6UL), "those below it too");
        Assert.That(await RecordsAsync(plane, request => request.Tenant = "acme/health"), Is.EqualTo(2UL));
        Assert.That(await RecordsAsync(plane, request => request.Limit = 3), Is.EqualTo(3UL));
        Assert.That(await RecordsAsync(plane, request => request.Limit = 100), Is.EqualTo(6UL));
        Assert.That(await RecordsAsync(plane, request => request.Since = batch.Records[1].StartedAt), Is.EqualTo(5UL));
        Assert.That(await RecordsAsync(plane, request => request.Until = batch.Records[4].StartedAt), Is.EqualTo(4UL), "which is not of the span");
        Assert.That(await RecordsAsync(plane, request => request.Since = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(56).AddDays(1))), Is.Zero);
    }

    [Test]
    public async Task A_tenant_that_the_other_policy_lacks_is_newly_denied_and_told_why()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.PublishAsync(Sample.Tenant("acme/new", ["small"]));
        var key = await plane.KeyAsync("acme/new");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        await reporter.SendAsync(reporter.Batch([1], record => Served(record, key.Key, "small").PolicyVersion = 2));
        var example = (await plane.Admin.ReplayAsync(Since(request => request.Against = 1))).Examples.Single();
        Assert.That(
            (example.Kind, example.Code, example.Rule, example.Message),
            Is.EqualTo(("newlyDenied", "invalid_api_key", "tenant.defined", "There is no tenant acme/new in policy version 1: its keys would not be known.")));
    }

    [Test]
    public async Task A_number_that_another_epoch_gave_is_another_version()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/health");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        await reporter.SendAsync(reporter.Batch([1, 2, 3], record =>
        {
            (ReportTests.Denied(record, key.Key, "model_not_allowed").RequestedModel, record.PolicyEpoch) = ("small", record.Sequence == 1 ? 1UL : 7UL);
            record.Rule = record.Sequence == 3 ? "models.deny" : "";
        }));
        var replay = await plane.Admin.ReplayAsync(Since());
        Assert.That((replay.Totals.Unchanged, replay.Totals.NotJudged), Is.EqualTo((2UL, 1UL)), "the first by its version, the third as the record says, of the second nothing is known");
    }

    [Test]
    public async Task What_can_t_be_replayed_is_refused()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        foreach (var (request, status, message) in new (ReplayRequest, StatusCode, string)[]
        {
            (Since(request => request.Against = 9), StatusCode.NotFound, "There is no version 9."),
            (Since(request => request.Against = 0), StatusCode.NotFound, "There is no version 0."),
            (Since(request => request.Tenant = "acme/helth"), StatusCode.NotFound, "There is no tenant \"acme/helth\", and no record of one."),
            (new(), StatusCode.InvalidArgument, "since is required."),
            (Since(request => request.Until = new()), StatusCode.InvalidArgument, "since is not before until."),
        })
        {
            var (refused, error) = await Refusal.OfAsync(plane.Admin.ReplayAsync(request));
            Assert.That((refused, error.Message), Is.EqualTo((status, message)));
            Assert.That(error.Fix, Is.Not.Empty);
        }

        var (unknown, _) = await Refusal.OfAsync(new Contracts.Admin.V1.Admin.AdminClient(plane.As("asca_nobody")).ReplayAsync(Since()));
        Assert.That(unknown, Is.EqualTo(StatusCode.Unauthenticated));
    }

    private static ReplayRequest Since(Action<ReplayRequest>? change = null)
    {
        var request = new ReplayRequest { Since = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(56)) };
        change?.Invoke(request);
        return request;
    }

    private static async Task<ulong> RecordsAsync(TestPlane plane, Action<ReplayRequest>? change = null) => (await plane.Admin.ReplayAsync(Since(change))).Totals.Records;

    private static ExecutionRecord Served(ExecutionRecord record, Key key, string model)
    {
        ReportTests.Served(record, key).RequestedModel = model;
        return record;
    }

    private static Resource[] Priced()
    {
        var resources = Sample.All;
        foreach (var (model, output) in new[] { ("gpt-5-mini", "2"), ("small", "2.264705882") })
        {
            resources.Single(resource => resource.Metadata.Name == model).Model.Prices.Add(new Price { From = "2020-01-01", Currency = "USD", InputPerMillion = "0.25", OutputPerMillion = output });
        }

        return resources;
    }
}
