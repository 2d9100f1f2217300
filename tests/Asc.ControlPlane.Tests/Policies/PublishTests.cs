using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy.V1;
using Asc.ControlPlane.Tests.Testing;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Policies;

internal sealed class PublishTests
{
    [Test]
    public async Task What_is_applied_and_published_is_the_newest_version()
    {
        await using var plane = await TestPlane.StartAsync();
        var applied = await plane.Admin.ApplyAsync(new() { Resources = { Sample.All } });
        Assert.That(applied.Revision, Is.EqualTo(1));

        var published = await plane.Admin.PublishAsync(new() { Message = "the first", ExpectedVersion = 0 });
        Assert.That(published.Version, Is.EqualTo(1));
        Assert.That(published.Digest, Does.Match("^sha256:[0-9a-f]{64}$"));

        var listed = (await plane.Admin.ListVersionsAsync(new())).Versions.Single();
        Assert.Multiple(() =>
        {
            Assert.That(listed.Author, Is.EqualTo("root"));
            Assert.That(listed.Message, Is.EqualTo("the first"));
            Assert.That(listed.Parent, Is.Zero);
            Assert.That(listed.HasRollbackOf, Is.False);
            Assert.That(listed.Digest, Is.EqualTo(published.Digest));
        });
        var shown = await plane.Admin.GetVersionAsync(new() { Version = 1 });
        Assert.That(shown.Resources, Is.EquivalentTo(Sample.All));
    }

    [Test]
    public async Task The_same_content_has_the_same_digest_and_is_not_published_twice()
    {
        await using var plane = await TestPlane.StartAsync();
        var first = await plane.PublishAsync(Sample.All);
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.All.Reverse() } });

        var (status, error) = await Refusal.OfAsync(plane.Admin.PublishAsync(new() { Message = "again" }));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.FailedPrecondition, "nothing_to_publish")));

        await plane.PublishAsync(Sample.Tenant("other"));
        var third = await plane.Admin.RollbackAsync(new() { Version = 1, Message = "back" });
        Assert.That(third.Digest, Is.EqualTo(first.Digest));
    }

    [Test]
    public async Task A_rollback_is_a_new_version_and_the_draft_has_its_content()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.PublishAsync(Sample.Tenant("other"));
        var rolledBack = await plane.Admin.RollbackAsync(new() { Version = 1, Message = "other was a mistake" });
        Assert.That(rolledBack.Version, Is.EqualTo(3));

        var newest = (await plane.Admin.ListVersionsAsync(new() { Limit = 1 })).Versions.Single();
        Assert.That((newest.Version_, newest.Parent, newest.RollbackOf), Is.EqualTo((3UL, 2UL, 1UL)));
        Assert.That((await plane.Admin.DiffAsync(new())).Changes, Is.Empty, "the draft is what is published");
        Assert.That((await plane.Admin.ListResourcesAsync(new() { Kind = "Tenant" })).Resources.Select(tenant => tenant.Resource.Metadata.Path), Does.Not.Contain("other"));

        var (status, _) = await Refusal.OfAsync(plane.Admin.RollbackAsync(new() { Version = 9, Message = "nowhere" }));
        Assert.That(status, Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task What_a_rollback_takes_from_the_draft_is_told_and_kept_in_its_record()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.PublishAsync(Sample.Tenant("other"));
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("pending", ["small"], ["eu"]) } });
        Assert.That((await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("bare") }, DryRun = true })).Changes.Single().Text, Is.EqualTo("bare is new"));

        var rolledBack = await plane.Admin.RollbackAsync(new() { Version = 1, Message = "back" });

        Assert.That(rolledBack.Discarded.Select(change => (change.Kind, change.Name, change.Op)), Is.EqualTo(new[] { ("Tenant", "pending", "add") }));
        var record = (await Telemetry.ReportTests.ReadAsync(plane, new() { Type = "policy" }))[^1].Admin;
        Assert.That(record.Before, Does.Contain("pending").And.Contain("small"));
        Assert.That((await plane.Admin.RollbackAsync(new() { Version = 2, Message = "and again" })).Discarded, Is.Empty);
    }

    [Test]
    public async Task A_rollback_leaves_no_active_key_without_its_tenant()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.PublishAsync(Sample.Tenant("other"), Sample.Tenant("another"));
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("planned") } });
        IssuedKey[] keys = [await plane.KeyAsync("other"), await plane.KeyAsync("other"), await plane.KeyAsync("another"), await plane.KeyAsync("planned")];

        var (status, error) = await Refusal.OfAsync(plane.Admin.RollbackAsync(new() { Version = 1, Message = "too soon" }));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.FailedPrecondition, "conflict")));
        string[] named = ["other", "another", "planned", .. keys.Select(key => key.Key.Id)];
        Assert.That(named.Where(name => !error.Message.Contains(name, StringComparison.Ordinal)), Is.Empty, error.Message);
        Assert.That(error.Fix, Does.Contain("asc key revoke").And.Contain("keep"));
        Assert.That((await plane.Admin.ListVersionsAsync(new())).Versions, Has.Count.EqualTo(2), "nothing is published");
        Assert.That((await plane.Admin.ListResourcesAsync(new() { Kind = "Tenant" })).Resources, Has.Count.EqualTo(6), "nor is the draft another");

        foreach (var key in keys)
        {
            await plane.Admin.RevokeKeyAsync(new() { Id = key.Key.Id });
        }

        Assert.That((await plane.Admin.RollbackAsync(new() { Version = 1, Message = "now" })).Version, Is.EqualTo(3));
    }

    [Test]
    public async Task Nor_does_a_publish_though_the_key_came_after_the_tenant_had_left_the_draft()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync([.. Sample.All, Sample.Tenant("other")]);
        await plane.Admin.DeleteResourceAsync(new() { Kind = "Tenant", Name = "other" });
        var key = await plane.KeyAsync("other");

        var (_, error) = await Refusal.OfAsync(plane.Admin.PublishAsync(new() { Message = "without other" }));
        Assert.That(error.Code, Is.EqualTo("conflict"));
        Assert.That(error.Message, Does.Contain("other").And.Contain(key.Key.Id));
    }

    [Test]
    public async Task Of_a_crowd_of_keys_some_are_named()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.PublishAsync(Sample.Tenant("other"));
        for (var n = 0; n < 25; n++)
        {
            await plane.KeyAsync("other");
        }

        var (_, error) = await Refusal.OfAsync(plane.Admin.RollbackAsync(new() { Version = 1, Message = "too soon" }));
        Assert.That(error.Message, Does.Contain("and 5 more"));
    }

    [Test]
    public async Task Who_expects_another_version_publishes_nothing()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("other") } });

        var (status, error) = await Refusal.OfAsync(plane.Admin.PublishAsync(new() { Message = "late", ExpectedVersion = 0 }));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.FailedPrecondition, "conflict")));
        Assert.That(error.CorrelationId, Is.Not.Empty);
        Assert.That((await plane.Admin.ListVersionsAsync(new())).Versions, Has.Count.EqualTo(1));
        Assert.That((await plane.Admin.PublishAsync(new() { Message = "in time", ExpectedVersion = 1 })).Version, Is.EqualTo(2));
    }

    [Test]
    public async Task Of_several_who_publish_at_once_with_the_same_expectation_one_does()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("other") } });

        var attempts = await Task.WhenAll(Enumerable.Range(0, 6).Select(async n =>
        {
            try
            {
                return (await plane.Admin.PublishAsync(new() { Message = $"attempt {n}", ExpectedVersion = 1 })).Version;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
            {
                return 0UL;
            }
        }));
        Assert.That(attempts.Where(version => version > 0), Is.EqualTo(new[] { 2UL }));
        Assert.That((await plane.Admin.ListVersionsAsync(new())).Versions, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_reason_is_required()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.All } });
        var (status, error) = await Refusal.OfAsync(plane.Admin.PublishAsync(new() { Message = " " }));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.InvalidArgument, "invalid_argument")));
        Assert.That(error.Message, Does.Contain("message"));
    }

    [Test]
    public async Task Whatever_gives_another_digest_is_a_difference()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var labelled = Sample.Tenant("acme/retail", ["small"]);
        labelled.Metadata.Labels["costCenter"] = "4712";
        var spelledOut = Sample.Provider("sim-eu", "eu");
        spelledOut.Provider.Network = Network.Public;

        var applied = await plane.Admin.ApplyAsync(new() { Resources = { labelled, spelledOut } });

        var texts = applied.Changes.ToDictionary(change => change.Name, change => change.Text);
        Assert.That(texts["acme/retail"], Is.EqualTo("acme/retail loses gpt-5-mini; label costCenter (none) becomes 4712"));
        Assert.That(texts["sim-eu"], Is.EqualTo("sim-eu is written otherwise and means the same"));
        Assert.That((await plane.Admin.DiffAsync(new())).Changes, Is.EqualTo(applied.Changes));
        labelled.Metadata.Labels["costCenter"] = "9";
        Assert.That((await plane.Admin.ApplyAsync(new() { Resources = { labelled } })).Changes.Single().Text, Is.EqualTo("acme/retail: label costCenter 4712 becomes 9"));
    }

    [Test]
    public async Task A_diff_says_what_changes_and_whom_it_touches()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.KeyAsync("acme/retail");
        await plane.KeyAsync("acme/health");
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("acme/retail", ["gpt-5-mini"]) } });

        var diff = await plane.Admin.DiffAsync(new());
        Assert.That((diff.From, diff.HasTo), Is.EqualTo((1UL, false)));
        Assert.That(diff.Changes.Select(change => (change.Kind, change.Name, change.Op)), Does.Contain(("Tenant", "acme/retail", "change")));
        Assert.That(diff.Affected.Tenants, Is.EqualTo(new[] { "acme/retail" }));
        Assert.That(diff.Affected.Keys, Is.EqualTo(1));

        await plane.Admin.PublishAsync(new() { Message = "narrower" });
        Assert.That((await plane.Admin.DiffAsync(new() { From = 1, To = 2 })).Changes, Is.EqualTo(diff.Changes));
        Assert.That((await plane.Admin.DiffAsync(new() { From = 0, To = 1 })).Changes, Has.Count.EqualTo(Sample.All.Length));
        Assert.That((await Refusal.OfAsync(plane.Admin.DiffAsync(new() { From = 7 }))).Status, Is.EqualTo(StatusCode.NotFound));
    }
}
