using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Reporting;
using Asc.Policy.Evaluation;
using Google.Protobuf;

namespace Asc.DataPlane.Tests.Reporting;

public sealed class MemoryRecordSpoolTests
{
    private readonly AccessKey key = new("k_1", "t_1", new byte[32], null, revoked: false, ByteString.Empty);
    private MemoryRecordSpool spool = null!;

    [SetUp]
    public void CreateSpool() => spool = new(new NodeIdentity("n", "eu", 1), capacity: 100);

    [Test]
    public async Task What_is_not_acknowledged_is_read_again_in_order_and_without_gaps()
    {
        await AppendAsync(5, key);

        Assert.That(await SequencesAsync(0), Is.EqualTo(new ulong[] { 1, 2, 3, 4, 5 }));
        await AppendAsync(1, key);
        Assert.That(await SequencesAsync(5), Is.EqualTo(new ulong[] { 6 }));
        Assert.That(await SequencesAsync(0), Is.EqualTo(new ulong[] { 1, 2, 3, 4, 5, 6 }));
        await spool.AcknowledgeAsync(3, default);
        Assert.That(spool.Depth, Is.EqualTo(6), "what was sent together goes together");
        await spool.AcknowledgeAsync(5, default);
        Assert.That(await SequencesAsync(0), Is.EqualTo(new ulong[] { 6 }));
        Assert.That(spool.Depth, Is.EqualTo(1));
    }

    [Test]
    public async Task A_flood_without_a_key_takes_nobodys_place_and_is_counted()
    {
        await AppendAsync(1000, null);
        Assert.That((spool.Depth, spool.Lost), Is.EqualTo((10, 990)));

        await AppendAsync(90, key);
        Assert.That((spool.Depth, spool.Lost), Is.EqualTo((100, 990)));
    }

    private async Task AppendAsync(int count, AccessKey? by)
    {
        for (var i = 0; i < count; i++)
        {
            await spool.AppendAsync(new CompletedExchange { RequestId = "r", StartedAt = DateTimeOffset.UnixEpoch, Endpoint = "POST /", Key = by, Switches = AccessSwitches.None, Usage = default, Outcome = Outcome.Ok });
        }
    }

    private async Task<IEnumerable<ulong>> SequencesAsync(ulong after) => (await spool.RecordsAsync(after)).Select(record => record.Sequence);
}
