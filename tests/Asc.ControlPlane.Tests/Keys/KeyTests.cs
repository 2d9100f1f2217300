using Asc.ControlPlane.Tests.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace Asc.ControlPlane.Tests.Keys;

internal sealed class KeyTests
{
    [Test]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var issued = await plane.KeyAsync("acme/health", "gpt-*");
        Assert.That(issued.Secret, Does.StartWith("asc_"));
        Assert.That(issued.Key.Id, Does.StartWith("k_"));

        var listed = (await plane.Admin.ListKeysAsync(new())).Keys.Single();
        Assert.Multiple(() =>
        {
            Assert.That(listed, Is.EqualTo(issued.Key));
            Assert.That((listed.State, listed.Tenant, listed.CreatedBy), Is.EqualTo(("active", "acme/health", "root")));
            Assert.That(listed.Models, Is.EqualTo(new[] { "gpt-*" }));
        });
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(plane.Options.ConnectionString["Data Source=".Length..]) + "*"))
        {
            Assert.That(System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), Does.Not.Contain(issued.Secret), file);
        }
    }

    [Test]
    public async Task A_key_needs_a_tenant_of_the_newest_version_or_of_the_draft()
    {
        await using var plane = await TestPlane.StartAsync();
        var (status, nothing) = await Refusal.OfAsync(plane.Admin.CreateKeyAsync(new() { Tenant = "acme", Name = "demo" }));
        Assert.That(status, Is.EqualTo(StatusCode.NotFound));
        Assert.That(nothing.Message, Does.Contain("nothing is published"));

        await plane.Admin.ApplyAsync(new() { Resources = { Sample.All } });
        Assert.That((await plane.KeyAsync("acme")).Key.State, Is.EqualTo("active"), "the draft's tenant is enough");
        var (_, error) = await Refusal.OfAsync(plane.Admin.CreateKeyAsync(new() { Tenant = "ACME", Name = "demo" }));
        Assert.That(error.Code, Is.EqualTo("not_found"));
    }

    [Test]
    public async Task Lists_hold_a_tenant_and_those_below()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync([.. Sample.All, Sample.Tenant("acmecorp")]);
        foreach (var tenant in new[] { "acme", "acme/health", "acmecorp" })
        {
            await plane.KeyAsync(tenant);
        }

        Assert.That((await plane.Admin.ListKeysAsync(new() { Tenant = "acme" })).Keys.Select(key => key.Tenant), Is.EqualTo(new[] { "acme", "acme/health" }));
    }

    [Test]
    public async Task A_rotated_key_lives_on_for_the_overlap()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
        await using var plane = await TestPlane.StartAsync(time);
        await plane.PublishAsync(Sample.All);
        var old = await plane.KeyAsync("acme/health", "gpt-*");

        var successor = plane.Note(await plane.Admin.RotateKeyAsync(new() { Id = old.Key.Id }), issued => issued.Secret);
        Assert.That((successor.Replaces, successor.Key.Name, successor.Key.Models.Single()), Is.EqualTo((old.Key.Id, "demo", "gpt-*")));
        Assert.That(successor.Secret, Is.Not.EqualTo(old.Secret));
        var states = (await plane.Admin.ListKeysAsync(new())).Keys.ToDictionary(key => key.Id);
        Assert.That(states[old.Key.Id].ExpiresAt.ToDateTimeOffset(), Is.EqualTo(time.GetUtcNow() + TimeSpan.FromHours(24)));

        var (_, again) = await Refusal.OfAsync(plane.Admin.RotateKeyAsync(new() { Id = old.Key.Id }));
        Assert.That((again.Code, again.Message), Is.EqualTo(("conflict", $"The key {old.Key.Id} was rotated already: {successor.Key.Id} is in its place.")), "a key like one that is dying would die too");

        time.Advance(TimeSpan.FromHours(24));
        Assert.That((await plane.Admin.ListKeysAsync(new())).Keys.Single(key => key.Id == old.Key.Id).State, Is.EqualTo("expired"));
        var (_, error) = await Refusal.OfAsync(plane.Admin.RotateKeyAsync(new() { Id = old.Key.Id }));
        Assert.That(error.Code, Is.EqualTo("conflict"));

        await plane.Admin.RotateKeyAsync(new() { Id = successor.Key.Id, OverlapSeconds = 0 });
        Assert.That((await plane.Admin.ListKeysAsync(new())).Keys.Single(key => key.Id == successor.Key.Id).State, Is.EqualTo("revoked"), "no overlap is at once");
    }

    [Test]
    public async Task What_makes_no_sense_is_refused_all_at_once()
    {
        await using var plane = await TestPlane.StartAsync();
        var (status, error) = await Refusal.OfAsync(plane.Admin.CreateKeyAsync(new() { Models = { "g*pt" }, Owner = new string('x', 300) }));
        Assert.That(status, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(error.Message, Does.Contain("tenant").And.Contain("name").And.Contain("g*pt").And.Contain("owner"));

        await plane.PublishAsync(Sample.All);
        var (_, expired) = await Refusal.OfAsync(plane.Admin.CreateKeyAsync(new() { Tenant = "acme", Name = "demo", ExpiresAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch) }));
        Assert.That(expired.Code, Is.EqualTo("invalid_argument"));
    }
}
