using System.Diagnostics;
using System.Globalization;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Tests.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;

namespace Asc.ControlPlane.Tests.Replay;

/// <summary>A million records in under a minute on two cores, in the long run; the small run counts the same and asks no speed.</summary>
[NonParallelizable]
internal sealed class ReplaySpeedTests
{
    private const int Tenants = 200;
    private const int Models = 20;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ASC_TEST_LONG") == "1";
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Many_records_are_replayed_fast_and_nobody_who_writes_waits_for_it()
    {
        var count = IsLong ? 1_000_000 : 20_000;
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Organisation());
        await plane.PublishAsync(Sample.Tenant("acme/t0", ["m*"]));
        var expected = Write(plane.Options.ConnectionString, count);
        // One tenant has lost the chat route, another loses all models, and for the others the route is turned round.
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("acme/t1", ["chat"]), Sample.Route("chat", "m1", "m0") } });

        using var done = new CancellationTokenSource();
        var writing = WriteMeanwhileAsync(plane, done.Token);
        using var process = Process.GetCurrentProcess();
        var (started, worked) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        var replay = await plane.Admin.ReplayAsync(new() { Since = Timestamp.FromDateTimeOffset(Start) });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        worked = process.TotalProcessorTime - worked;
        await done.CancelAsync();
        var (writes, slowest) = await writing;

        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} records replayed in {seconds:0.0} s on {Environment.ProcessorCount} cores ({count / seconds:0}/s), {worked.TotalSeconds:0.0} s of processor time with all else; {writes} writes meanwhile, the slowest {slowest:0} ms; {process.PeakWorkingSet64 >> 20} MiB at most"));
        Assert.That(
            ((int)replay.Totals.Records, (int)replay.Totals.NewlyDenied, (int)replay.Totals.Rerouted, (int)replay.Totals.NotJudged), Is.EqualTo((count, expected.Denied, expected.Rerouted, expected.NotJudged)));
        Assert.That(writes, Is.Positive);
        if (IsLong)
        {
            Assert.That(seconds, Is.LessThan(60));
            Assert.That(slowest, Is.LessThan(5000));
        }
    }

    private static async Task<(int Writes, double Slowest)> WriteMeanwhileAsync(TestPlane plane, CancellationToken until)
    {
        var (writes, slowest) = (0, 0.0);
        do
        {
            var started = Stopwatch.GetTimestamp();
            await plane.Admin.SetModelDisabledAsync(new() { Name = "m9", Disabled = writes++ % 2 == 0 }, cancellationToken: CancellationToken.None);
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        while (!until.IsCancellationRequested);

        return (writes, slowest);
    }

    private static Resource[] Organisation() =>
    [
        Sample.Provider("sim-eu", "eu"), Sample.Provider("sim-us", "us"),
        .. Enumerable.Range(0, Models).Select(model => Priced(Sample.Model($"m{model}", "sim-eu", "sim-us"), model)),
        Sample.Route("chat", "m0", "m1"),
        Sample.Tenant("acme", ["*"], ["eu", "us"]),
        .. Enumerable.Range(0, Tenants).Select(tenant => Sample.Tenant($"acme/t{tenant}", ["chat", "m*"])),
    ];

    private static Resource Priced(Resource model, int of)
    {
        model.Model.Prices.Add(new Price { From = "2026-01-01", Currency = "USD", InputPerMillion = $"0.{of + 10}", OutputPerMillion = $"{of}.5" });
        return model;
    }

    // As ingestion stores them, and in bulk.
    private static (int Denied, int Rerouted, int NotJudged) Write(string connectionString, int count)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO RequestRecords (Position, Node, Epoch, Sequence, RecordId, At, Tenant, KeyId, RequestedModel, ServedModel, Provider, Outcome, Code, Rule, PolicyVersion, Record)
            VALUES ($n, 'node-1', 1, $n, $id, $at, $tenant, $key, $model, '', $provider, $outcome, $code, '', $version, $record)
            """;
        string[] names = ["$n", "$id", "$at", "$tenant", "$key", "$model", "$provider", "$outcome", "$code", "$version", "$record"];
        var parameters = names.Select(name => command.Parameters.AddWithValue(name, 0)).ToArray();
        var random = new Random(20261125);
        var (denied, rerouted, notJudged) = (0, 0, 0);
        for (var n = 1; n <= count; n++)
        {
            var record = Record(random, n, count);
            object[] values =
            [
                (long)n + 100, record.Id, record.StartedAt.ToDateTimeOffset().UtcTicks, record.Tenant, record.KeyId, record.RequestedModel, record.Provider,
                record.Outcome.ToString(), record.Code, (long)record.PolicyVersion, record.ToByteArray(),
            ];
            for (var i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i];
            }

            command.ExecuteNonQuery();
            var isServed = record.Provider.Length > 0;
            notJudged += isServed ? 0 : 1;
            var isDenied = (record.Tenant, record.RequestedModel) is ("acme/t0", "chat") or ("acme/t1", not "chat");
            denied += isServed && isDenied ? 1 : 0;
            rerouted += isServed && !isDenied && record.RequestedModel == "chat" ? 1 : 0;
        }

        transaction.Commit();
        return (denied, rerouted, notJudged);
    }

    private static ExecutionRecord Record(Random random, int n, int count)
    {
        var tenant = random.Next(Tenants);
        var model = random.Next(Models + 5);
        var name = model < Models ? $"m{model}" : "chat";
        var record = new ExecutionRecord
        {
            Sequence = (ulong)n, Id = $"01930000-0000-7000-8000-{n:x12}", StartedAt = Timestamp.FromDateTimeOffset(Start.AddMilliseconds(n)), Endpoint = "POST /v1/chat/completions",
            Tenant = $"acme/t{tenant}", TenantId = $"t{tenant}", KeyId = $"k_{tenant * 5 + random.Next(5)}", Region = random.Next(4) == 0 ? "us" : "eu", RequestedModel = name,
            PolicyVersion = n < count / 2 || tenant == 0 ? 1UL : 2UL, Stream = true, DurationMs = 800, TimeToFirstTokenMs = 120, Attempts = 1, Status = 200, Outcome = Outcome.Ok, Workload = "interactive",
            Usage = new() { Input = (ulong)random.Next(1, 5000), Output = (ulong)random.Next(1, 2000), CachedRead = (ulong)random.Next(3) * 100 },
            Inputs = new() { AccessSequence = 1, PromptTokens = (ulong)random.Next(1, 5000), Uses = 8, KeyTags = { ["bu"] = $"b{tenant % 7}" }, Tags = { ["env"] = random.Next(2) == 0 ? "prod" : "test" } },
            Tags = { ["bu"] = $"b{tenant % 7}", ["env"] = "prod" }, UpstreamModel = name + "-1", CredentialName = "sim-eu", CredentialFingerprint = "0123456789abcdef",
        };
        (record.ServedModel, record.Provider, record.ProcessingRegion) = (name, "sim-eu", "eu");
        if (random.Next(20) == 0)
        {
            (record.Provider, record.Outcome, record.Status, record.Code) = ("", Outcome.Denied, 401, "key_revoked");
        }

        return record;
    }
}
