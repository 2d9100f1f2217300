using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Tests.Testing;
using Asc.Persistence;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.ControlPlane.Tests.Distribution;

internal sealed class AccessBatchTests
{
    [Test]
    public async Task A_long_sequence_comes_in_batches_that_follow_each_other()
    {
        const int count = 12_001;
        await using var plane = await TestPlane.StartAsync();
        await plane.Services.GetRequiredService<ControlPlaneStore>().WriteAsync(
            async database =>
            {
                await database.RaiseAsync(CounterNames.Access, count, CancellationToken.None);
                for (var n = 1; n <= count; n++)
                {
                    var entry = new AccessEntry { Sequence = (ulong)n, Key = new() { KeyId = $"k_{n}", TenantId = "t_1", SecretSha256 = ByteString.CopyFrom(new byte[32]) } };
                    database.AccessSubjects.Add(new() { Kind = "key", SubjectId = $"k_{n}", Sequence = n, Withheld = false, Entry = entry.ToByteArray() });
                }

                return 0;
            },
            CancellationToken.None);

        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu");
        var sizes = new List<int>();
        while (node.Enforced.AccessSequence < count)
        {
            var message = await node.NextAsync();
            sizes.Add(AccessBatch.Parser.ParseFrom(message.Access.Batch).Entries.Count);
            Assert.That(message.CalculateSize(), Is.LessThan(1_100_000));
        }

        Assert.That(sizes, Is.EqualTo(new[] { 5000, 5000, 2001 }));
        Assert.That(node.Keys, Has.Count.EqualTo(count));
    }
}
