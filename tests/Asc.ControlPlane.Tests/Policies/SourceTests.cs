using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;

namespace Asc.ControlPlane.Tests.Policies;

/// <summary>Where rules are written is told with them, and is no part of what they say.</summary>
internal sealed class SourceTests
{
    [Test]
    public async Task A_check_and_a_description_tell_where_the_rule_is_written()
    {
        await using var plane = await TestPlane.StartAsync();
        await ApplyAsync(plane, "tenants.yaml", 50);
        await plane.Admin.PublishAsync(new() { Message = "first" });

        var denied = await plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "small" });
        Assert.That(Place(denied, "models.allow"), Is.EqualTo("tenants.yaml:54"));
        Assert.That(Place(denied, "residency.allow"), Is.EqualTo("tenants.yaml:50"), "where the field's own line is not told, the resource's");
        Assert.That(denied.Checks.Single(check => check.Name == "tenant.active").Source, Is.Null);
        Assert.That(denied.Checks.Select(check => check.Question), Is.All.EndsWith("?"));

        var rules = (await plane.Admin.DescribeTenantAsync(new() { Path = "acme/health" })).Rules;
        Assert.That(rules.Single(rule => (rule.Rule, rule.Origin) == ("models.allow", "acme/health")).Source, Is.EqualTo(new Source { File = "tenants.yaml", Line = 54 }));
        Assert.That(rules.Where(rule => rule.Origin == "acme").Select(rule => rule.Source), Is.All.Null, "nobody said where that is written");
    }

    [Test]
    public async Task The_same_content_from_another_file_is_no_change_and_is_told_from_there()
    {
        await using var plane = await TestPlane.StartAsync();
        await ApplyAsync(plane, "old.yaml", 10);
        var published = await plane.Admin.PublishAsync(new() { Message = "first" });

        var moved = await ApplyAsync(plane, "new.yaml", 20);
        Assert.That((moved.Changes.Count, moved.Revision), Is.EqualTo((0, 1UL)), "neither a change nor a revision");
        Assert.That((await plane.Admin.DiffAsync(new())).Changes, Is.Empty);
        var (_, refusal) = await Refusal.OfAsync(plane.Admin.PublishAsync(new() { Message = "again" }));
        Assert.That(refusal.Code, Is.EqualTo("nothing_to_publish"));
        Assert.That(Place(await ExplainAsync(plane, draft: true), "models.allow"), Is.EqualTo("new.yaml:24"));
        Assert.That(Place(await ExplainAsync(plane), "models.allow"), Is.EqualTo("old.yaml:14"), "a version is told as it was published");

        await using var other = await TestPlane.StartAsync();
        Assert.That((await other.PublishAsync(Sample.All)).Digest, Is.EqualTo(published.Digest), "nor does it show in what is signed");
    }

    [Test]
    public async Task Whoever_says_nothing_of_the_place_keeps_it_for_what_stays_and_loses_it_for_what_changes()
    {
        await using var plane = await TestPlane.StartAsync();
        await ApplyAsync(plane, "tenants.yaml", 50);
        await plane.PublishAsync(Sample.All);
        Assert.That(Place(await ExplainAsync(plane), "models.allow"), Is.EqualTo("tenants.yaml:54"));

        await plane.PublishAsync(Sample.Tenant("acme/health", ["chat-default"], ["eu"]));
        Assert.That(Place(await ExplainAsync(plane), "models.allow"), Is.Null, "the old line would tell of another rule");
    }

    [Test]
    public async Task A_rollback_brings_back_where_its_version_was_written()
    {
        await using var plane = await TestPlane.StartAsync();
        await ApplyAsync(plane, "old.yaml", 10);
        await plane.Admin.PublishAsync(new() { Message = "first" });
        await plane.PublishAsync(Sample.Tenant("acme/health", ["chat-default"], ["eu"]));
        await plane.Admin.RollbackAsync(new() { Version = 1, Message = "back" });

        Assert.That(Place(await ExplainAsync(plane), "models.allow"), Is.EqualTo("old.yaml:14"));
        Assert.That(Place(await ExplainAsync(plane, draft: true), "models.allow"), Is.EqualTo("old.yaml:14"));
        var again = await plane.RestartAsync();
        Assert.That(Place(await ExplainAsync(again), "models.allow"), Is.EqualTo("old.yaml:14"), "it is stored");
        await again.DisposeAsync();
    }

    [Test]
    public async Task A_dry_run_moves_nothing()
    {
        await using var plane = await TestPlane.StartAsync();
        await ApplyAsync(plane, "old.yaml", 10);
        await ApplyAsync(plane, "new.yaml", 20, dryRun: true);
        Assert.That(Place(await ExplainAsync(plane, draft: true), "models.allow"), Is.EqualTo("old.yaml:14"));
    }

    [TestCase("", "sources.file is required")]
    [TestCase("a\u001b[2J.yaml", "sources.file holds control characters")]
    [TestCase("LONG", "sources.file is longer than 256 characters")]
    public async Task A_name_that_no_terminal_should_print_is_refused(string file, string message)
    {
        await using var plane = await TestPlane.StartAsync();
        var source = new ResourceSource { Kind = "Tenant", Name = "acme", File = file == "LONG" ? new string('x', 257) : file, Line = 1 };
        var (_, refusal) = await Refusal.OfAsync(plane.Admin.ApplyAsync(new() { Resources = { Sample.All }, Sources = { source } }));
        Assert.That((refusal.Code, refusal.Message), Is.EqualTo(("invalid_argument", message + ".")));
    }

    [Test]
    public async Task A_recorded_request_tells_where_its_version_was_written_and_what_happened()
    {
        await using var plane = await TestPlane.StartAsync();
        await ApplyAsync(plane, "tenants.yaml", 50);
        await plane.Admin.PublishAsync(new() { Message = "first" });
        var key = await plane.KeyAsync("acme/retail");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        var batch = reporter.Batch([1, 2, 3]);
        var failedOver = ReportTests.Served(batch.Records[0], key.Key);
        (failedOver.RequestedModel, failedOver.Provider, failedOver.UpstreamModel, failedOver.ProcessingRegion, failedOver.Attempts) = ("small", "sim-us", "small-1", "us", 2);
        failedOver.Tries.Add(new Contracts.Telemetry.V1.ProviderAttempt { Provider = "sim-eu", UpstreamModel = "small-1", ProcessingRegion = "eu", Sent = true, Code = "provider_error", UpstreamStatus = 503, StartedMs = 1, DurationMs = 2 });
        failedOver.Tries.Add(new Contracts.Telemetry.V1.ProviderAttempt { Provider = "sim-us", UpstreamModel = "small-1", ProcessingRegion = "us", Sent = true, UpstreamStatus = 200, StartedMs = 4, DurationMs = 5 });
        var served = ReportTests.Served(batch.Records[1], key.Key);
        (served.RequestedModel, served.Provider, served.UpstreamModel, served.ProcessingRegion, served.Attempts, served.UpstreamStatus) = ("small", "sim-eu", "small-1", "eu", 1, 200);
        ReportTests.Denied(batch.Records[2], key.Key, "model_not_allowed").RequestedModel = "chat-default";
        await reporter.SendAsync(batch);

        var over = await plane.Admin.ExplainRecordAsync(new() { RequestId = failedOver.Id });
        Assert.That(over.Message, Does.EndWith(" In the end small-1 of sim-us in us served it."));
        Assert.That(over.Execution.Calls.Select(call => (call.Provider, call.Region, call.Code, call.Sent)), Is.EqualTo(new[] { ("sim-eu", "eu", "provider_error", true), ("sim-us", "us", "", true) }));
        var one = (await plane.Admin.ExplainRecordAsync(new() { RequestId = served.Id })).Execution;
        Assert.That((one.Calls.Single().Provider, one.Calls.Single().Code, one.Outcome), Is.EqualTo(("sim-eu", "", "ok")), "the record itself is the one call");
        var denied = await plane.Admin.ExplainRecordAsync(new() { RequestId = batch.Records[2].Id });
        Assert.That((denied.Execution.Calls.Count, denied.Execution.Code), Is.EqualTo((0, "model_not_allowed")));
        Assert.That(Place(denied, "models.allow"), Is.Null, "acme/retail is written nowhere");
        Assert.That(Place(denied, "residency.node"), Is.Null);
    }

    private static Task<ApplyResponse> ApplyAsync(TestPlane plane, string file, uint line, bool dryRun = false)
    {
        var health = new ResourceSource { Kind = "Tenant", Name = "acme/health", File = file, Line = line, Lines = { ["spec.models"] = line + 3, ["spec.models.allow"] = line + 4 } };
        return plane.Admin.ApplyAsync(new() { Resources = { Sample.All }, Sources = { health }, DryRun = dryRun }).ResponseAsync;
    }

    private static async Task<ExplainResponse> ExplainAsync(TestPlane plane, bool draft = false) =>
        await plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "small", Draft = draft });

    private static string? Place(ExplainResponse explained, string rule) =>
        explained.Checks.Single(check => check.Name == rule).Source is { } source ? $"{source.File}:{source.Line}" : null;
}
