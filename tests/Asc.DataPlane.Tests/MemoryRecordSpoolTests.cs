using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Reporting;
using Asc.Policy.Evaluation;
using Google.Protobuf;

namespace Asc.DataPlane.Tests;

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
        Assert.That(await SequencesAsync(2), Is.EqualTo(new ulong[] { 3, 4, 5 }));
        await spool.AcknowledgeAsync(3, default);
        await AppendAsync(1, key);
        Assert.That(await SequencesAsync(3), Is.EqualTo(new ulong[] { 4, 5, 6 }));
        Assert.That(spool.Depth, Is.EqualTo(3));
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
            await spool.AppendAsync(new CompletedExchange { Id = Guid.NewGuid(), StartedAt = DateTimeOffset.UnixEpoch, Endpoint = "POST /", Key = by, Switches = AccessSwitches.None, Usage = default, Outcome = Outcome.Ok });
        }
    }

    private async Task<IEnumerable<ulong>> SequencesAsync(ulong after) => (await spool.ReadAsync(after, 50, default)).Select(record => record.Sequence);
}
