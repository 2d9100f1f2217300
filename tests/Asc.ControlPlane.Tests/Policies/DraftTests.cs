using Asc.Contracts.Policy.V1;
using Asc.ControlPlane.Tests.Testing;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Policies;

internal sealed class DraftTests
{
    [Test]
    public async Task What_is_wrong_changes_nothing()
    {
        await using var plane = await TestPlane.StartAsync();
        var (status, error) = await Refusal.OfAsync(plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("acme"), Sample.Model("gpt", "nobody") } }));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.InvalidArgument, "invalid_policy")));
        Assert.That(error.Problems, Is.Not.Empty);
        Assert.That((await plane.Admin.ListResourcesAsync(new() { Kind = "Tenant" })).Resources, Is.Empty);
    }

    [Test]
    public async Task Shapeless_and_double_resources_are_all_told_at_once()
    {
        await using var plane = await TestPlane.StartAsync();
        var (_, error) = await Refusal.OfAsync(plane.Admin.ApplyAsync(new()
        {
            Resources = { Sample.Tenant("acme"), Sample.Tenant("acme"), new Resource { Metadata = new() { Name = "what" } }, Sample.Tenant(""), Sample.Tenant(new string('x', 300)) },
        }));
        Assert.That(error.Problems.Select(problem => problem.Code), Is.EquivalentTo(new[] { "no_spec", "no_name", "too_long", "duplicate" }));
    }

    [Test]
    public async Task Unknown_fields_are_refused_and_not_dropped()
    {
        await using var plane = await TestPlane.StartAsync();
        var newer = Resource.Parser.ParseFrom([.. Google.Protobuf.MessageExtensions.ToByteArray(Sample.Tenant("acme")), 0x98, 0x06, 0x01]);
        var (_, error) = await Refusal.OfAsync(plane.Admin.ApplyAsync(new() { Resources = { newer } }));
        Assert.That(error.Problems.Select(problem => problem.Code), Does.Contain("unknown_field"));
    }

    [Test]
    public async Task A_dry_run_tells_and_does_nothing()
    {
        await using var plane = await TestPlane.StartAsync();
        var told = await plane.Admin.ApplyAsync(new() { Resources = { Sample.All }, DryRun = true });
        Assert.That(told.Changes, Is.Not.Empty);
        Assert.That((await plane.Admin.ListResourcesAsync(new() { Kind = "Tenant" })).Resources, Is.Empty);
        using var events = plane.Admin.StreamEvents(new() { Type = "policy" });
        Assert.That(await events.ResponseStream.MoveNext(CancellationToken.None), Is.False, "nor does it leave a record");
    }

    [Test]
    public async Task Prune_removes_what_is_not_given()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.All, Sample.Tenant("other") } });
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("another") } });
        Assert.That((await plane.Admin.ListResourcesAsync(new() { Kind = "Tenant" })).Resources, Has.Count.EqualTo(5), "without prune the rest stays");

        await plane.Admin.ApplyAsync(new() { Resources = { Sample.All }, Prune = true });
        Assert.That((await plane.Admin.ListResourcesAsync(new() { Kind = "Tenant" })).Resources.Select(tenant => tenant.Resource.Metadata.Path), Is.EqualTo(new[] { "acme", "acme/health", "acme/retail" }));
    }

    [Test]
    public async Task Who_expects_another_revision_changes_nothing()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.All }, ExpectedRevision = 0 });
        var (_, error) = await Refusal.OfAsync(plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("other") }, ExpectedRevision = 0 }));
        Assert.That(error.Code, Is.EqualTo("conflict"));
        Assert.That((await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("other") }, ExpectedRevision = 1 })).Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task What_others_refer_to_and_tenants_with_keys_are_not_deleted()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/retail");

        var (_, dangling) = await Refusal.OfAsync(plane.Admin.DeleteResourceAsync(new() { Kind = "Provider", Name = "sim-eu" }));
        Assert.That(dangling.Code, Is.EqualTo("invalid_policy"));
        var (_, used) = await Refusal.OfAsync(plane.Admin.DeleteResourceAsync(new() { Kind = "Tenant", Name = "acme/retail" }));
        Assert.That(used.Code, Is.EqualTo("conflict"));
        Assert.That(used.Message, Does.Contain(key.Key.Id));
        var (missing, _) = await Refusal.OfAsync(plane.Admin.DeleteResourceAsync(new() { Kind = "Tenant", Name = "nobody" }));
        Assert.That(missing, Is.EqualTo(StatusCode.NotFound));

        await plane.Admin.RevokeKeyAsync(new() { Id = key.Key.Id });
        var deleted = await plane.Admin.DeleteResourceAsync(new() { Kind = "Tenant", Name = "acme/retail" });
        Assert.That((deleted.Change.Op, deleted.Change.Name), Is.EqualTo(("remove", "acme/retail")));
    }

    [Test]
    public async Task Names_that_differ_in_case_are_different()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Provider("sim", "eu"), Sample.Model("gpt", "sim"), Sample.Model("GPT", "sim") } });
        Assert.That((await plane.Admin.ListResourcesAsync(new() { Kind = "Model" })).Resources, Has.Count.EqualTo(2));
        Assert.That((await plane.Admin.GetResourceAsync(new() { Kind = "Model", Name = "GPT" })).Resource.Resource.Metadata.Name, Is.EqualTo("GPT"));
    }

    [Test]
    public async Task The_list_says_what_is_published_and_what_is_switched_off()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Model("small", "sim-eu") } });
        await plane.Admin.SetModelDisabledAsync(new() { Name = "gpt-5-mini", Disabled = true });

        var models = (await plane.Admin.ListResourcesAsync(new() { Kind = "Model" })).Resources.ToDictionary(model => model.Resource.Metadata.Name);
        Assert.That((models["small"].Published, models["small"].Disabled), Is.EqualTo((false, false)));
        Assert.That((models["gpt-5-mini"].Published, models["gpt-5-mini"].Disabled), Is.EqualTo((true, true)));
    }
}
