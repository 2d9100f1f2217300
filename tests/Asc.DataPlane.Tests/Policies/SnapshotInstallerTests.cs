using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Signing;
using Asc.DataPlane.Policies;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests.Policies;

public sealed class SnapshotInstallerTests
{
    private static readonly Resource[] Sample =
    [
        TestPublisher.Provider("p-eu", "eu"), TestPublisher.Model("gpt-5-mini", "p-eu"), TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu"),
    ];

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
    public async Task A_snapshot_that_passes_every_check_is_enforced()
    {
        await InstallAsync(publisher.Publish(1, "eu", Sample));

        Assert.That(node.Policy!.Version, Is.EqualTo(1));
        Assert.That(node.Policy.Compiled.FindTenantById(TestPublisher.TenantId("acme"))!.Path, Is.EqualTo("acme"));
    }

    [Test]
    public async Task Only_what_the_node_lacks_is_fetched()
    {
        await InstallAsync(publisher.Publish(1, "eu", Sample));
        publisher.Fetched.Clear();

        await InstallAsync(publisher.Publish(2, "eu", [.. Sample[..2], TestPublisher.Tenant("acme", [], "eu")]));

        Assert.That(publisher.Fetched, Has.Count.EqualTo(1));
        Assert.That(node.Policy!.Version, Is.EqualTo(2));
    }

    [Test]
    public Task An_unsigned_snapshot_is_refused() =>
        AssertNackAsync(NackReason.Signature, signed => signed.Signature = null, "not signed");

    [Test]
    public Task A_snapshot_signed_by_a_stranger_is_refused()
    {
        var stranger = SigningKey.Generate("test");
        return AssertNackAsync(NackReason.Signature, signed => signed.Signature = stranger.Sign(SignaturePurpose.Manifest, signed.Manifest.Span), "does not trust");
    }

    [Test]
    public Task A_signature_made_for_another_purpose_is_refused() =>
        AssertNackAsync(NackReason.Signature, signed => signed.Signature = publisher.Key.Sign(SignaturePurpose.Access, signed.Manifest.Span), "does not fit");

    [Test]
    public async Task A_snapshot_with_any_bit_flipped_is_refused()
    {
        var good = publisher.Publish(1, "eu", Sample);
        for (var i = 0; i < good.Manifest.Length; i++)
        {
            var bytes = good.Manifest.ToByteArray();
            bytes[i] ^= (byte)(1 << (i % 8));
            var refusal = await RefusalOfAsync(new SignedManifest { Manifest = ByteString.CopyFrom(bytes), Signature = good.Signature });
            Assert.That(refusal?.Reason, Is.EqualTo(NackReason.Signature), $"byte {i}");
        }
    }

    [Test]
    public async Task An_older_version_and_the_same_one_are_refused_and_the_one_in_force_stays()
    {
        await InstallAsync(publisher.Publish(3, "eu", Sample));

        foreach (var version in new ulong[] { 2, 3 })
        {
            var refusal = await RefusalOfAsync(publisher.Publish(version, "eu", [.. Sample[..2], TestPublisher.Tenant("acme", ["*"], "eu")]));
            Assert.That(refusal?.Reason, Is.EqualTo(NackReason.Older));
            Assert.That(refusal!.Message, Does.Contain("version 3"));
        }

        Assert.That(node.Policy!.Version, Is.EqualTo(3));
    }

    [Test]
    public async Task An_older_version_that_is_still_on_its_way_does_not_come_over_a_newer_one()
    {
        var slow = new TaskCompletionSource();
        publisher.Fetching = digests => slow.Task;
        var older = InstallAsync(publisher.Publish(5, "eu", Sample));
        publisher.Fetching = static _ => Task.CompletedTask;
        var newer = InstallAsync(publisher.Publish(6, "eu", [.. Sample, TestPublisher.Tenant("other", ["*"], "eu")]));
        slow.SetResult();
        await older;
        await newer;

        Assert.That(node.Policy!.Version, Is.EqualTo(6));
    }

    [Test]
    public async Task A_newer_epoch_follows_whatever_its_version()
    {
        await InstallAsync(publisher.Publish(30, "eu", Sample));

        await InstallAsync(publisher.Publish(1, "eu", Sample, manifest => manifest.Epoch = 2));

        Assert.That(node.Policy!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task An_older_epoch_is_refused_whatever_its_version_also_after_a_restart()
    {
        await InstallAsync(publisher.Publish(30, "eu", Sample));
        await InstallAsync(publisher.Publish(2, "eu", Sample, manifest => manifest.Epoch = 2));
        await using var restarted = new TestNode(publisher, "eu", node.Directory).Load();
        Assert.That((restarted.Policy!.Version, restarted.Policy.Snapshot.Manifest.Epoch), Is.EqualTo((2UL, 2UL)));

        foreach (var at in new[] { node, restarted })
        {
            await Assert.ThatAsync(
                () => at.Snapshots.InstallAsync(publisher.Publish(31, "eu", Sample), publisher, default),
                Throws.TypeOf<NackException>().With.Property(nameof(NackException.Reason)).EqualTo(NackReason.Older));
            Assert.That(at.Policy!.Version, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task An_epoch_that_was_raised_by_another_than_the_signer_is_refused()
    {
        await InstallAsync(publisher.Publish(30, "eu", Sample));
        var signed = publisher.Publish(1, "eu", Sample);
        var raised = Manifest.Parser.ParseFrom(signed.Manifest);
        raised.Epoch = 2;

        var refusal = await RefusalOfAsync(new SignedManifest { Manifest = raised.ToByteString(), Signature = signed.Signature });

        Assert.That((refusal?.Reason, node.Policy!.Version), Is.EqualTo((NackReason.Signature, 30UL)));
    }

    [Test]
    public async Task Another_regions_manifest_is_refused() =>
        Assert.That((await RefusalOfAsync(publisher.Publish(1, "us", Sample)))?.Reason, Is.EqualTo(NackReason.Region));

    [Test]
    public async Task A_resource_that_does_not_come_is_refused()
    {
        var signed = publisher.Publish(1, "eu", Sample, manifest => manifest.Resources[0].Sha256 = ByteString.CopyFrom(new byte[32]));

        Assert.That((await RefusalOfAsync(signed))?.Reason, Is.EqualTo(NackReason.Fetch));
    }

    [Test]
    public async Task Content_that_does_not_fit_its_digest_is_refused()
    {
        var signed = publisher.Publish(1, "eu", Sample);
        publisher.Substitute(Manifest.Parser.ParseFrom(signed.Manifest).Resources[2].Sha256, TestPublisher.Tenant("acme", ["*"], "eu", "us").ToByteString());

        Assert.That((await RefusalOfAsync(signed))?.Reason, Is.EqualTo(NackReason.Fetch));
    }

    [Test]
    public async Task A_field_that_the_node_does_not_know_is_refused_not_ignored()
    {
        // Field 99 of a tenant's residency rules: some later build's protection.
        var tenant = TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu");
        tenant.Tenant.Residency.MergeFrom(ByteString.CopyFrom(0x9A, 0x06, 0x02, (byte)'e', (byte)'u'));

        Assert.That((await RefusalOfAsync(publisher.Publish(1, "eu", [.. Sample[..2], tenant])))?.Reason, Is.EqualTo(NackReason.UnknownField));
    }

    [Test]
    public async Task What_does_not_compile_is_refused_with_the_first_error()
    {
        var refusal = await RefusalOfAsync(publisher.Publish(1, "eu", [.. Sample, TestPublisher.Model("o3", "nobody")]));

        Assert.That(refusal?.Reason, Is.EqualTo(NackReason.Invalid));
        Assert.That(refusal!.Message, Does.Contain("nobody"));
    }

    [Test]
    public async Task A_parent_that_was_narrowed_over_its_child_is_enforced_over_it()
    {
        Resource[] narrowed = [.. Sample.Where(resource => resource.Tenant is null), TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu"), TestPublisher.Tenant("acme/kid", ["gpt-5-mini", "gpt-*"], "eu", "us")];

        Assert.That(await RefusalOfAsync(publisher.Publish(1, "eu", narrowed)), Is.Null);

        var kid = node.Get<PolicyHolder>().Current!.Compiled;
        Assert.That(kid.RegionsOf(kid.FindTenant("acme/kid")!), Is.EqualTo(new[] { "eu" }));
    }

    [Test]
    public async Task A_snapshot_that_decides_otherwise_than_its_publisher_is_refused()
    {
        var refusal = await RefusalOfAsync(publisher.Publish(1, "eu", Sample, manifest =>
            manifest.GoldenDecisions.Add(new GoldenDecision { Tenant = "acme", Model = "gpt-5-mini", Code = "model_not_allowed" })));

        Assert.That(refusal?.Reason, Is.EqualTo(NackReason.GoldenDecision));
    }

    [Test]
    public async Task A_node_starts_from_what_its_volume_kept_and_forgets_nothing()
    {
        await InstallAsync(publisher.Publish(1, "eu", Sample));
        await InstallAsync(publisher.Publish(2, "eu", Sample));

        await using var restarted = new TestNode(publisher, "eu", node.Directory).Load();

        Assert.That(restarted.Policy!.Version, Is.EqualTo(2));
        await Assert.ThatAsync(() => restarted.Snapshots.InstallAsync(publisher.Publish(1, "eu", Sample), publisher, default), Throws.TypeOf<NackException>());
    }

    [Test]
    public async Task A_slot_that_is_damaged_or_forged_is_passed_over_for_the_other()
    {
        await InstallAsync(publisher.Publish(1, "eu", Sample));
        await InstallAsync(publisher.Publish(2, "eu", Sample));
        foreach (var slot in System.IO.Directory.GetFiles(node.Directory, "policy.*"))
        {
            var stored = StoredSnapshot.Parser.ParseFrom(File.ReadAllBytes(slot));
            if (Manifest.Parser.ParseFrom(stored.Manifest.Manifest).Version == 2)
            {
                stored.Manifest.Signature.Value = ByteString.CopyFrom(new byte[64]);
                File.WriteAllBytes(slot, stored.ToByteArray());
            }
        }

        await using var restarted = new TestNode(publisher, "eu", node.Directory).Load();

        Assert.That(restarted.Policy!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Mutant_without_the_signature_check_a_forged_snapshot_gets_in()
    {
        await using var mutant = new TestNode(publisher, "eu", composition: services => services.AddSingleton<ISignatureVerifier, TrustsAnyone>());
        var forged = publisher.Publish(1, "eu", Sample);
        forged.Signature = null;

        await mutant.Snapshots.InstallAsync(forged, publisher, default);

        Assert.That(mutant.Policy, Is.Not.Null, "An_unsigned_snapshot_is_refused would fail");
    }

    [Test]
    public async Task Mutant_without_the_ratchet_an_old_snapshot_gets_in()
    {
        await using var mutant = new TestNode(publisher, "eu", composition: services => services.AddSingleton<IVersionRatchet, GoesBack>());
        await mutant.Snapshots.InstallAsync(publisher.Publish(2, "eu", Sample), publisher, default);

        await mutant.Snapshots.InstallAsync(publisher.Publish(1, "eu", Sample), publisher, default);

        Assert.That(mutant.Policy!.Version, Is.EqualTo(1), "An_older_version_and_the_same_one_are_refused would fail");
    }

    private Task InstallAsync(SignedManifest signed) => node.Snapshots.InstallAsync(signed, publisher, default);

    private async Task<NackException?> RefusalOfAsync(SignedManifest signed)
    {
        try
        {
            await InstallAsync(signed);
            return null;
        }
        catch (NackException refusal)
        {
            return refusal;
        }
    }

    private async Task AssertNackAsync(NackReason reason, Action<SignedManifest> change, string message)
    {
        var signed = publisher.Publish(1, "eu", Sample);
        change(signed);

        var refusal = await RefusalOfAsync(signed);

        Assert.That(refusal?.Reason, Is.EqualTo(reason));
        Assert.That(refusal!.Message, Does.Contain(message));
        Assert.That(node.Policy, Is.Null);
    }

    private sealed class TrustsAnyone : ISignatureVerifier
    {
        public string? Problem(SignaturePurpose purpose, ReadOnlySpan<byte> content, Signature? signature) => null;
    }

    private sealed class GoesBack : IVersionRatchet
    {
        public bool Admits(Manifest? enforced, Manifest offered) => true;
    }
}
