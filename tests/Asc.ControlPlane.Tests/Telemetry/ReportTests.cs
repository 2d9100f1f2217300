using Asc.Contracts.Admin.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Tests.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Telemetry;

internal sealed class ReportTests
{
    [Test]
    public async Task Records_are_acknowledged_once_stored_and_stored_once()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/health");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        var batch = reporter.Batch([1, 2, 3], record => Served(record, key.Key));
        Assert.That((await reporter.SendAsync(batch)).ThroughSequence, Is.EqualTo(3));
        Assert.That((await reporter.SendAsync(batch)).ThroughSequence, Is.EqualTo(3), "sent again");
        Assert.That((await reporter.SendAsync(reporter.Batch([3, 4], record => Served(record, key.Key)))).ThroughSequence, Is.EqualTo(4));

        var events = await ReadAsync(plane, new() { Type = "request" });
        Assert.That(events.Select(item => item.Request.Sequence), Is.EqualTo(new[] { 1UL, 2UL, 3UL, 4UL }));
        Assert.Multiple(() =>
        {
            Assert.That(events[0].Id, Is.EqualTo(batch.Records[0].Id));
            Assert.That((events[0].Tenant, events[0].KeyId, events[0].Outcome), Is.EqualTo(("acme/health", key.Key.Id, "ok")));
            Assert.That((events[0].Request.InputTokens, events[0].Request.OutputTokens, events[0].Request.Provider), Is.EqualTo((12UL, 34UL, "sim-eu")));
        });
        var used = await Eventually.GetAsync(async () => (await plane.Admin.ListKeysAsync(new())).Keys.Single(), found => found.LastUsedAt is not null);
        Assert.That(used.LastUsedAt, Is.EqualTo(batch.Records[^1].StartedAt));
    }

    [Test]
    public async Task What_was_processed_elsewhere_than_declared_is_an_event_beside_its_request_and_once()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/health");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        var batch = reporter.Batch([1, 2], record =>
        {
            Served(record, key.Key);
            record.ReportedRegion = "East US 2";
            record.RegionMismatches.Add(new RegionMismatch { Provider = "sim-eu", UpstreamModel = "m", Declared = "eu", Reported = "East US 2" });
        });
        await reporter.SendAsync(batch);
        await reporter.SendAsync(batch);

        var events = await ReadAsync(plane, new() { Tenant = "acme/health" });
        Assert.That(events.Where(item => item.Type is "request" or "residency").Select(item => item.Type), Is.EqualTo(new[] { "request", "residency", "request", "residency" }));
        var mismatch = events.First(item => item.Type == "residency");
        Assert.That((mismatch.KeyId, mismatch.Admin.Action, mismatch.Admin.Subject), Is.EqualTo((key.Key.Id, "region.mismatch", "m of sim-eu")));
        Assert.That(mismatch.Admin.After, Does.Contain(batch.Records[0].Id).And.Contain("\"declared\":\"eu\"").And.Contain("\"reported\":\"East US 2\""));
        Assert.That(events.First(item => item.Type == "request").Request.ReportedRegion, Is.EqualTo("East US 2"));
    }

    [Test]
    public async Task Events_are_found_by_the_provider_and_the_request_that_they_are_about()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/health");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        var batch = reporter.Batch([1, 2], record =>
        {
            Served(record, key.Key);
            record.RegionMismatches.Add(new RegionMismatch { Provider = "sim-us", UpstreamModel = "m", Declared = "us", Reported = "East US 2" });
        });
        await reporter.SendAsync(batch);
        await plane.Admin.SetProviderDisabledAsync(new() { Name = "sim-us", Disabled = true, Reason = "wrong place" });

        var ofProvider = await ReadAsync(plane, new() { Provider = "sim-us" });
        Assert.That(ofProvider.Select(item => (item.Admin.Action, item.Admin.Provider)), Is.EqualTo(new[] { ("region.mismatch", "sim-us"), ("region.mismatch", "sim-us"), ("provider.disable", "sim-us") }));
        var ofRequest = await ReadAsync(plane, new() { RequestId = batch.Records[1].Id });
        Assert.That(ofRequest.Select(item => (item.Type, item.Request?.RequestId ?? item.Admin.RequestId)), Is.EqualTo(new[] { ("request", batch.Records[1].Id), ("residency", batch.Records[1].Id) }));
    }

    [Test]
    public async Task A_request_that_was_refused_before_any_call_names_no_provider()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/health");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        await reporter.SendAsync(reporter.Batch([1], record =>
        {
            Served(record, key.Key);
            (record.Outcome, record.Code, record.Status, record.Attempts, record.Usage) = (Outcome.Denied, "rate_limited", 429, 0, new());
        }));

        var refused = (await ReadAsync(plane, new() { Type = "request" })).Single();
        Assert.That((refused.Request.Provider, refused.Request.ServedModel, refused.Request.ProcessingRegion), Is.EqualTo(("", "", "")));
        Assert.That(await ReadAsync(plane, new() { Provider = "sim-eu" }), Is.Empty);
    }

    [Test]
    public async Task Nothing_behind_a_gap_is_acknowledged()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        Assert.That((await reporter.SendAsync(reporter.Batch([1, 2, 4, 5]))).ThroughSequence, Is.EqualTo(2));
        Assert.That((await reporter.SendAsync(reporter.Batch([5]))).ThroughSequence, Is.EqualTo(2));
        Assert.That(plane.Logs.Lines.Count(line => line.Line.Contains("the record 3 is missing")), Is.EqualTo(2));
        Assert.That((await reporter.SendAsync(reporter.Batch([3, 4, 5]))).ThroughSequence, Is.EqualTo(5));
        Assert.That(await ReadAsync(plane, new() { Type = "request" }), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task What_a_lost_database_had_acknowledged_is_not_waited_for()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        await reporter.SendAsync(reporter.Batch([1]));
        var batch = reporter.Batch([4, 5, 7]);
        batch.ReleasedThrough = 3;
        Assert.That((await reporter.SendAsync(batch)).ThroughSequence, Is.EqualTo(5), "a gap that the node could still close is one all the same");
        Assert.That(plane.Logs.Lines.Select(line => line.Line), Has.Some.Contains("records after 1 through 3 were acknowledged to it and are not here"));
        Assert.That(await ReadAsync(plane, new() { Type = "request" }), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Each_boot_has_sequences_of_its_own()
    {
        await using var plane = await TestPlane.StartAsync();
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        await reporter.SendAsync(reporter.Batch([1, 2]));
        var second = reporter.Batch([1]);
        second.Epoch = 2;
        var answer = await reporter.SendAsync(second);
        Assert.That((answer.Epoch, answer.ThroughSequence), Is.EqualTo((2UL, 1UL)));
        Assert.That(await ReadAsync(plane, new() { Type = "request" }), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_node_speaks_only_for_tenants_that_its_region_may_serve()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var (health, retail) = (await plane.KeyAsync("acme/health"), await plane.KeyAsync("acme/retail"));
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("us")).Token, "us");
        var batch = reporter.Batch([1, 2, 3, 4, 5, 6]);
        Served(batch.Records[0], retail.Key);
        Served(batch.Records[1], health.Key);
        Denied(batch.Records[2], health.Key, "residency_violation").Tenant = "";
        Served(batch.Records[3], retail.Key).Tenant = "acme/health";
        Served(batch.Records[4], retail.Key).Region = "eu";
        Denied(batch.Records[5], new Key { Id = "k_unknown" }, "invalid_api_key");
        Assert.That((await reporter.SendAsync(batch)).ThroughSequence, Is.EqualTo(6), "the node moves on");

        var requests = await ReadAsync(plane, new() { Type = "request" });
        Assert.That(requests.Select(item => (item.Request.Sequence, item.Tenant, item.Outcome)), Is.EqualTo(new[] { (1UL, "acme/retail", "ok"), (3UL, "acme/health", "denied"), (6UL, "", "denied") }));
        var refused = (await ReadAsync(plane, new() { Type = "node" })).Where(item => item.Admin.Action == "record.refused").ToArray();
        Assert.That(refused.Select(item => item.Admin.Subject), Is.EqualTo(new[] { "node-1 epoch 1 sequence 2", "node-1 epoch 1 sequence 4", "node-1 epoch 1 sequence 5" }));
        Assert.That(refused, Has.All.Matches<Event>(item => item is not null && item.Admin.Actor == "node-1" && item.Admin.Reason.Length > 0));
    }

    [Test]
    public async Task A_node_of_another_pool_does_not_report_under_its_name()
    {
        await using var plane = await TestPlane.StartAsync();
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu", "one")).Token, "eu");
        await Eventually.GetAsync(async () => (await plane.Admin.ListNodesAsync(new())).Nodes, nodes => nodes.Count == 1);
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu", "two")).Token);
        var (status, _) = await Refusal.OfAsync(() => reporter.SendAsync(reporter.Batch([1])));
        Assert.That(status, Is.EqualTo(StatusCode.PermissionDenied));
    }

    [Test]
    public async Task A_revoked_token_reports_nothing_more()
    {
        await using var plane = await TestPlane.StartAsync();
        var token = await plane.NodeTokenAsync("eu");
        await using var reporter = new Reporter(plane, token.Token);
        await reporter.SendAsync(reporter.Batch([1]));
        await plane.Admin.RevokeNodeTokenAsync(new() { Id = token.Id });
        var (status, _) = await Refusal.OfAsync(() => reporter.SendAsync(reporter.Batch([2])));
        Assert.That(status, Is.EqualTo(StatusCode.Unauthenticated));
    }

    [Test]
    public async Task What_clients_write_may_be_longer_than_its_column()
    {
        await using var plane = await TestPlane.StartAsync();
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        await reporter.SendAsync(reporter.Batch([1], record => record.RequestedModel = new string('m', 5000)));
        Assert.That((await ReadAsync(plane, new() { Type = "request" })).Single().Request.RequestedModel, Has.Length.EqualTo(5000));
    }

    internal static ExecutionRecord Served(ExecutionRecord record, Key key)
    {
        (record.Tenant, record.KeyId, record.PolicyVersion) = (key.Tenant, key.Id, 1);
        (record.RequestedModel, record.ServedModel, record.Provider, record.Attempts) = ("gpt-5-mini", "gpt-5-mini", "sim-" + record.Region, 1);
        (record.Outcome, record.Status, record.Code) = (Outcome.Ok, 200, "");
        record.Usage = new() { Input = 12, Output = 34 };
        return record;
    }

    internal static ExecutionRecord Denied(ExecutionRecord record, Key key, string code)
    {
        (record.Tenant, record.KeyId, record.PolicyVersion) = (key.Tenant, key.Id, 1);
        (record.RequestedModel, record.Outcome, record.Status, record.Code) = ("gpt-5-mini", Outcome.Denied, 403, code);
        return record;
    }

    internal static async Task<List<Event>> ReadAsync(TestPlane plane, StreamEventsRequest request)
    {
        using var call = plane.Admin.StreamEvents(request);
        var events = new List<Event>();
        await foreach (var item in call.ResponseStream.ReadAllAsync())
        {
            events.Add(item);
        }

        return events;
    }
}

/// <summary>A node's side of the records' stream.</summary>
internal sealed class Reporter(TestPlane plane, string token, string region = "eu", string node = "node-1") : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<RecordBatch, RecordAcknowledgement> call = plane.Telemetry(token).Report();
    private int milliseconds;

    public RecordBatch Batch(IEnumerable<int> sequences, Action<ExecutionRecord>? change = null)
    {
        var batch = new RecordBatch { Node = node, Epoch = 1 };
        foreach (var sequence in sequences)
        {
            var record = new ExecutionRecord
            {
                Sequence = (ulong)sequence,
                Id = Guid.CreateVersion7().ToString(),
                StartedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(56).AddMilliseconds(++milliseconds)),
                Endpoint = "POST /v1/chat/completions",
                Region = region,
                Outcome = Outcome.Denied,
                Code = "invalid_api_key",
                Status = 401,
            };
            change?.Invoke(record);
            batch.Records.Add(record);
        }

        return batch;
    }

    public async Task<RecordAcknowledgement> SendAsync(RecordBatch batch)
    {
        await call.RequestStream.WriteAsync(batch);
        Assert.That(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current;
    }

    public ValueTask DisposeAsync()
    {
        call.Dispose();
        return ValueTask.CompletedTask;
    }
}
