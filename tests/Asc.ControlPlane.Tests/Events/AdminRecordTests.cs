using System.Text.Json;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;

namespace Asc.ControlPlane.Tests.Events;

internal sealed class AdminRecordTests
{
    // The action that each command leaves; a command that is added must be added here.
    private static readonly Dictionary<string, string[]> Actions = new()
    {
        ["ApplyResources"] = ["apply"],
        ["DeleteResource"] = ["delete"],
        ["PublishPolicy"] = ["publish"],
        ["RollbackPolicy"] = ["rollback"],
        ["CreateKey"] = ["key.create"],
        ["RotateKey"] = ["key.rotate"],
        ["RevokeKey"] = ["key.revoke"],
        ["SetTenantSuspended"] = ["tenant.suspend", "tenant.resume"],
        ["SetModelDisabled"] = ["model.disable", "model.enable"],
        ["SetProviderDisabled"] = ["provider.disable", "provider.enable"],
        ["CreateAdminToken"] = ["token.create"],
        ["RevokeAdminToken"] = ["token.revoke"],
        ["CreateNodeToken"] = ["node.token.create"],
        ["RevokeNodeToken"] = ["node.revoke"],
    };

    [Test]
    public void Every_command_is_known_here() => Assert.That(
        typeof(ICommand<>).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.GetInterfaces().Any(service => service.IsGenericType && service.GetGenericTypeDefinition() == typeof(ICommand<>)))
            .Select(type => type.Name),
        Is.EquivalentTo(Actions.Keys));

    [Test]
    public async Task Every_command_leaves_one_record_that_says_who_did_what_and_why()
    {
        await using var plane = await TestPlane.StartAsync();
        var ana = plane.Note(await plane.Admin.CreateAdminTokenAsync(new() { Name = "ana" }), issued => issued.Token);
        var admin = new Contracts.Admin.V1.Admin.AdminClient(plane.As(ana.Token));
        await admin.ApplyAsync(new() { Resources = { Sample.All, Sample.Tenant("other") } });
        await admin.PublishAsync(new() { Message = "first" });
        await admin.DeleteResourceAsync(new() { Kind = "Tenant", Name = "other" });
        await admin.PublishAsync(new() { Message = "without other" });
        await admin.RollbackAsync(new() { Version = 1, Message = "other is needed" });
        var key = plane.Note(await admin.CreateKeyAsync(new() { Tenant = "acme", Name = "demo", Models = { "gpt-*" } }), issued => issued.Secret);
        var next = plane.Note(await admin.RotateKeyAsync(new() { Id = key.Key.Id }), issued => issued.Secret);
        await admin.RevokeKeyAsync(new() { Id = next.Key.Id });
        foreach (var off in new[] { true, false })
        {
            await admin.SetTenantSuspendedAsync(new() { Path = "acme", Suspended = off, Reason = "unpaid" });
            await admin.SetModelDisabledAsync(new() { Name = "small", Disabled = off, Reason = "broken" });
            await admin.SetProviderDisabledAsync(new() { Name = "sim-us", Disabled = off, Reason = "on fire" });
        }

        var token = plane.Note(await admin.CreateNodeTokenAsync(new() { Pool = "main", Region = "eu" }), issued => issued.Token);
        await admin.RevokeNodeTokenAsync(new() { Id = token.Id });
        var bob = plane.Note(await admin.CreateAdminTokenAsync(new() { Name = "bob" }), issued => issued.Token);
        await admin.RevokeAdminTokenAsync(new() { Id = bob.Id });

        var records = (await ReportTests.ReadAsync(plane, new())).Where(item => item.Admin.Actor == "ana").ToArray();
        Assert.That(records.Select(item => item.Admin.Action).Distinct(), Is.EquivalentTo(Actions.Values.SelectMany(actions => actions)));
        Assert.That(records, Has.Length.EqualTo(18), "one each");
        Assert.Multiple(() =>
        {
            foreach (var record in records)
            {
                Assert.That(record.Admin.Subject, Is.Not.Empty, record.Admin.Action);
                Assert.That(record.Admin.Before + record.Admin.After, Is.Not.Empty, record.Admin.Action);
                foreach (var json in new[] { record.Admin.Before, record.Admin.After }.Where(json => json.Length > 0))
                {
                    Assert.That(() => JsonDocument.Parse(json), Throws.Nothing);
                    Assert.That(json, Does.Not.Contain(key.Secret).And.Not.Contain(next.Secret).And.Not.Contain(token.Token).And.Not.Contain(bob.Token));
                }
            }
        });
        Assert.That(records.Single(item => item.Admin.Action == "rollback").Admin.Reason, Is.EqualTo("other is needed"));
        Assert.That(records.Single(item => item.Admin.Action == "rollback").Admin.PolicyVersion, Is.EqualTo(3));
        Assert.That(records.Single(item => item.Admin.Action == "rollback").Admin.After, Does.Contain("replaced by the content of version 1"));
        Assert.That(records.Single(item => item.Admin.Action == "tenant.suspend").Admin.Before, Is.EqualTo("""{"suspended":false}"""));
        Assert.That(records.Single(item => item.Admin.Action == "key.revoke").KeyId, Is.EqualTo(next.Key.Id));
    }

    [Test]
    public async Task A_refused_command_leaves_none()
    {
        await using var plane = await TestPlane.StartAsync();
        await Refusal.OfAsync(plane.Admin.PublishAsync(new() { Message = "nothing" }));
        await Refusal.OfAsync(plane.Admin.RevokeKeyAsync(new() { Id = "k_none" }));
        Assert.That((await ReportTests.ReadAsync(plane, new())).Select(item => item.Admin.Action), Is.EqualTo(new[] { "token.bootstrap" }));
    }
}
