using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.DataPlane.Admission;
using Asc.Policy.Decisions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Asc.DataPlane.Tests.Admission;

/// <summary>The control plane's database was restored: what a newer epoch may do, and nothing else may.</summary>
public sealed class AccessEpochTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private readonly BearerSecret secret = BearerSecret.Issue(SecretKind.ApiKey);
    private readonly BearerSecret lost = BearerSecret.Issue(SecretKind.ApiKey);
    private TestPublisher publisher = null!;
    private TestNode node = null!;

    [SetUp]
    public async Task StartNode()
    {
        publisher = new();
        node = new(publisher, "eu");
        await ApplyAsync(publisher.Access(
            TestPublisher.KeyOf(secret, "acme", Revoke), TestPublisher.KeyOf(lost, "acme"), new() { Model = new() { Model = "gpt-5", Disabled = true } }));
    }

    [TearDown]
    public async Task StopNode() => await node.DisposeAsync();

    [Test]
    public async Task A_newer_epoch_replaces_the_whole_state_though_its_numbers_are_smaller()
    {
        publisher.BeginEpoch();
        await ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme")));

        AssertReplaced(node);
        await using var restarted = new TestNode(publisher, "eu", node.Directory).Load();
        AssertReplaced(restarted);
        await restarted.ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme", Revoke)), publisher);
        Assert.That((Judge(restarted, secret), restarted.AccessList.Position), Is.EqualTo((ErrorCode.KeyRevoked, (2UL, 2UL))), "the sequence goes on from there");
    }

    [Test]
    public async Task A_newer_epoch_in_which_there_is_nothing_leaves_nothing()
    {
        publisher.BeginEpoch();
        await ApplyAsync(publisher.Access());

        Assert.That(node.AccessList.Position, Is.EqualTo((2UL, 0UL)));
        Assert.That(Find(node, lost), Is.Null, "a key that the control plane doesn't know can't be used, and not be revoked");
    }

    [Test]
    public async Task An_older_epoch_is_refused_whatever_its_numbers_also_after_a_restart()
    {
        var replayed = publisher.Access(TestPublisher.KeyOf(lost, "acme"));
        var whole = publisher.Sign(new AccessBatch { Epoch = 1, After = 0, Through = 100, Entries = { TestPublisher.KeyOf(lost, "acme") } });
        publisher.BeginEpoch();
        await ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme")));

        await using var restarted = new TestNode(publisher, "eu", node.Directory).Load();
        foreach (var at in new[] { node, restarted })
        {
            foreach (var batch in new[] { replayed, whole })
            {
                await Assert.ThatAsync(() => at.ApplyAsync(batch, publisher), Throws.TypeOf<InvalidDataException>().With.Message.Contains("epoch 1"));
            }

            AssertReplaced(at);
        }
    }

    [Test]
    public async Task A_newer_epoch_that_does_not_begin_from_nothing_is_refused()
    {
        var continuing = publisher.Sign(new AccessBatch { Epoch = 2, After = 3, Through = 4, Entries = { TestPublisher.KeyOf(secret, "acme") } });

        await Assert.ThatAsync(() => ApplyAsync(continuing), Throws.TypeOf<InvalidDataException>().With.Message.Contains("not begun"));
        Assert.That((Judge(node, secret), node.AccessList.Position), Is.EqualTo((ErrorCode.KeyRevoked, (1UL, 3UL))));
    }

    [Test]
    public async Task An_epoch_that_was_raised_by_another_than_the_signer_is_refused()
    {
        var signed = publisher.Sign(new AccessBatch { Epoch = 1, After = 0, Through = 1, Entries = { TestPublisher.KeyOf(secret, "acme") } });
        var raised = AccessBatch.Parser.ParseFrom(signed.Batch);
        raised.Epoch = 2;

        await Assert.ThatAsync(
            () => ApplyAsync(new SignedAccessBatch { Batch = raised.ToByteString(), Signature = signed.Signature }), Throws.TypeOf<InvalidDataException>().With.Message.Contains("does not fit"));
        Assert.That(node.AccessList.Position, Is.EqualTo((1UL, 3UL)));
    }

    [Test]
    public async Task What_withholds_is_taken_by_a_node_that_is_ahead_and_takes_it_no_further()
    {
        await ApplyAsync(publisher.Sign(new AccessBatch { Epoch = 1, After = 3, Through = 3, Entries = { TestPublisher.KeyOf(lost, "acme", Revoke) } }));

        await using var restarted = new TestNode(publisher, "eu", node.Directory).Load();
        foreach (var at in new[] { node, restarted })
        {
            Assert.That((Judge(at, lost), at.AccessList.Position, at.AccessList.Switches.DisabledModels.Count), Is.EqualTo((ErrorCode.KeyRevoked, (1UL, 3UL), 1)));
        }
    }

    private static void Revoke(KeyState key) => key.RevokedAt = Timestamp.FromDateTimeOffset(Now);

    private static AccessKey? Find(TestNode at, BearerSecret key) => at.AccessList.Find(key.Id.AsSpan(2));

    private static ErrorCode Judge(TestNode at, BearerSecret key) => new KeyVerifier().StateOf(Find(at, key)!, Now);

    private void AssertReplaced(TestNode at)
    {
        Assert.That(at.AccessList.Position, Is.EqualTo((2UL, 1UL)));
        Assert.That(Judge(at, secret), Is.EqualTo(ErrorCode.None), "the restored database doesn't know of its revocation");
        Assert.That((Find(at, lost), at.AccessList.Switches.DisabledModels.Count), Is.EqualTo((default(AccessKey), 0)), "nor of what else was there");
    }

    private Task ApplyAsync(SignedAccessBatch batch) => node.ApplyAsync(batch, publisher);
}
