using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.DataPlane.Admission;
using Asc.Policy.Decisions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Asc.DataPlane.Tests.Admission;

public sealed class AccessInstallerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private readonly BearerSecret secret = BearerSecret.Issue(SecretKind.ApiKey);
    private TestPublisher publisher = null!;
    private TestNode node = null!;

    [SetUp]
    public void StartNode()
    {
        publisher = new();
        node = new(publisher, "eu");
    }

    [TearDown]
    public async Task StopNode() => await node.DisposeAsync();

    [Test]
    public async Task A_key_is_in_force_with_its_batch_and_a_revocation_with_the_next()
    {
        await ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme")));
        Assert.That(Judge(node), Is.EqualTo(ErrorCode.None));

        await ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme", Revoke)));
        Assert.That(Judge(node), Is.EqualTo(ErrorCode.KeyRevoked));
    }

    [Test]
    public async Task A_key_dies_when_it_expires()
    {
        await ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme", key => key.ExpiresAt = Timestamp.FromDateTimeOffset(Now))));

        Assert.That(Judge(node), Is.EqualTo(ErrorCode.KeyExpired));
    }

    [Test]
    public async Task A_batch_that_was_tampered_with_or_replayed_or_skipped_over_is_refused_and_nothing_changes()
    {
        var first = publisher.Access(TestPublisher.KeyOf(secret, "acme"));
        var revocation = publisher.Access(TestPublisher.KeyOf(secret, "acme", Revoke));
        await ApplyAsync(first);
        await ApplyAsync(revocation);

        var tampered = publisher.Access(TestPublisher.KeyOf(secret, "acme"));
        tampered.Signature.Value = ByteString.CopyFrom(new byte[64]);
        var skipping = publisher.Access(TestPublisher.KeyOf(secret, "acme"));
        var restarting = publisher.Sign(new AccessBatch { Epoch = 1, After = 0, Through = 1, Entries = { TestPublisher.KeyOf(secret, "acme") } });
        foreach (var batch in new[] { tampered, first, skipping, restarting })
        {
            await Assert.ThatAsync(() => ApplyAsync(batch), Throws.TypeOf<InvalidDataException>());
            Assert.That(Judge(node), Is.EqualTo(ErrorCode.KeyRevoked));
        }
    }

    [Test]
    public async Task A_restart_undoes_no_revocation_no_suspension_and_no_kill_switch()
    {
        await ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme")));
        await ApplyAsync(publisher.Access(
            TestPublisher.KeyOf(secret, "acme", Revoke), new() { Tenant = new() { TenantId = "t_acme", Suspended = true } },
            new() { Model = new() { Model = "gpt-5", Disabled = true } }, new() { Provider = new() { Provider = "p-eu", Disabled = true } }));

        await using var restarted = new TestNode(publisher, "eu", node.Directory).Load();

        Assert.That(Judge(restarted), Is.EqualTo(ErrorCode.KeyRevoked));
        var switches = restarted.AccessList.Switches;
        Assert.That((switches.SuspendedTenants.Count, switches.DisabledModels.Count, switches.DisabledProviders.Count), Is.EqualTo((1, 1, 1)));
        Assert.That(restarted.AccessList.Sequence, Is.EqualTo(node.AccessList.Sequence));
    }

    [Test]
    public async Task A_journal_with_a_torn_tail_gives_all_before_it_and_goes_on_from_there()
    {
        await ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme")));
        var second = publisher.Access(TestPublisher.KeyOf(BearerSecret.Issue(SecretKind.ApiKey), "acme"));
        await ApplyAsync(second);
        var journal = Path.Combine(node.Directory, "access.journal");
        using (var file = File.OpenWrite(journal))
        {
            file.SetLength(file.Length - 5);
        }

        await using (var restarted = new TestNode(publisher, "eu", node.Directory).Load())
        {
            Assert.That(restarted.AccessList.Sequence, Is.EqualTo(1));
            await restarted.ApplyAsync(second, publisher);
        }

        await using var again = new TestNode(publisher, "eu", node.Directory).Load();
        Assert.That(again.AccessList.Sequence, Is.EqualTo(2));
    }

    [Test]
    public async Task A_narrowed_key_can_be_used_once_what_narrows_it_has_come()
    {
        var grant = new KeyGrant { Models = { "gpt-5-mini" } }.ToByteString();
        var digest = publisher.Hold(grant);
        await ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme", key => key.GrantSha256 = digest)));
        Assert.That(node.AccessList.GrantOf(Find(node)!), Is.Null, "its tenant is not served here yet");

        await node.Snapshots.InstallAsync(
            publisher.Publish(1, "eu", [TestPublisher.Provider("p-eu", "eu"), TestPublisher.Model("gpt-5-mini", "p-eu"), TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu")]), publisher, default);
        Assert.That(node.AccessList.GrantOf(Find(node)!)!.Models!.Single().Text, Is.EqualTo("gpt-5-mini"));

        await using var restarted = new TestNode(publisher, "eu", node.Directory).Load();
        Assert.That(restarted.AccessList.GrantOf(Find(restarted)!)!.Models, Is.Not.Null);
    }

    [Test]
    public async Task What_narrows_a_key_and_could_not_be_fetched_is_fetched_later_also_after_a_restart()
    {
        await node.Snapshots.InstallAsync(Policy(1), publisher, default);
        publisher.Fetching = _ => throw new RpcException(new Status(StatusCode.Unavailable, "restarting"));
        await ApplyAsync(publisher.Access(NarrowedKey("gpt-5-mini")));
        Assert.That(node.AccessList.GrantOf(Find(node)!), Is.Null);

        publisher.Fetching = _ => Task.CompletedTask;
        await using (var restarted = new TestNode(publisher, "eu", node.Directory).Load())
        {
            await restarted.Access.FetchLackingGrantsAsync(publisher, default);
            Assert.That(restarted.AccessList.GrantOf(Find(restarted)!), Is.Not.Null);
        }

        await node.Access.FetchLackingGrantsAsync(publisher, default);
        Assert.That(node.AccessList.GrantOf(Find(node)!), Is.Not.Null);
    }

    [Test]
    public async Task A_narrowed_key_that_comes_while_its_tenant_is_brought_into_force_can_be_used()
    {
        var other = publisher.Hold(new KeyGrant { Models = { "gpt-5" } }.ToByteString());
        await ApplyAsync(publisher.Access(TestPublisher.KeyOf(BearerSecret.Issue(SecretKind.ApiKey), "acme", key => key.GrantSha256 = other)));
        publisher.Fetching = async digests =>
        {
            if (digests.Contains(other))
            {
                publisher.Fetching = _ => Task.CompletedTask;
                await ApplyAsync(publisher.Access(NarrowedKey("gpt-5-mini")));
            }
        };

        await node.Snapshots.InstallAsync(Policy(1), publisher, default);

        Assert.That(node.AccessList.GrantOf(Find(node)!), Is.Not.Null);
    }

    private SignedManifest Policy(ulong version) => publisher.Publish(
        version, "eu", [TestPublisher.Provider("p-eu", "eu"), TestPublisher.Model("gpt-5-mini", "p-eu"), TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu")]);

    private AccessEntry NarrowedKey(string model) =>
        TestPublisher.KeyOf(secret, "acme", key => key.GrantSha256 = publisher.Hold(new KeyGrant { Models = { model } }.ToByteString()));

    private static void Revoke(KeyState key) => key.RevokedAt = Timestamp.FromDateTimeOffset(Now);

    private Task ApplyAsync(SignedAccessBatch batch) => node.ApplyAsync(batch, publisher);

    private AccessKey? Find(TestNode at) => at.AccessList.Find(secret.Id.AsSpan(2));

    private ErrorCode Judge(TestNode at) => new KeyVerifier().StateOf(Find(at)!, Now);
}
