using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Signing;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>The access sequence as signed batches.</summary>
internal sealed class AccessJournal(ControlPlaneStore store, SigningKey signingKey)
{
    private const int MaximumEntries = 5000;
    private const int MaximumBytes = 1_000_000;

    /// <summary>The batches that lead from <paramref name="after"/> to the newest number; none where there is nothing new.</summary>
    public async Task<IReadOnlyList<(long Through, SignedAccessBatch Batch)>> ReadAsync(long after, CancellationToken cancellation)
    {
        // The counter first: a subject that moves on meanwhile moves to the end of the scan, so that nothing up to the counter is missed.
        var (counter, rows) = await store.ReadAsync(
            async database =>
            {
                var newest = await database.Counters.Where(row => row.Name == CounterNames.Access).Select(row => row.Value).SingleAsync(cancellation);
                var entries = newest <= after
                    ? []
                    : await database.AccessSubjects.Where(subject => subject.Sequence > after).OrderBy(subject => subject.Sequence).Select(subject => subject.Entry).ToListAsync(cancellation);
                return (newest, entries);
            },
            cancellation);
        if (counter <= after)
        {
            return [];
        }

        var chunks = Chunk(rows.Select(AccessEntry.Parser.ParseFrom)).ToArray();
        var through = Math.Max(counter, chunks.Length > 0 ? (long)chunks[^1][^1].Sequence : 0);
        var batches = new List<(long, SignedAccessBatch)>();
        foreach (var (index, chunk) in chunks.DefaultIfEmpty([]).Index())
        {
            var end = index >= chunks.Length - 1 ? through : (long)chunk[^1].Sequence;
            batches.Add((end, Sign(after, end, chunk)));
            after = end;
        }

        return batches;
    }

    private SignedAccessBatch Sign(long after, long through, IEnumerable<AccessEntry> entries)
    {
        var bytes = CanonicalResource.Serialize(new AccessBatch { After = (ulong)after, Through = (ulong)through, Entries = { entries } });
        return new SignedAccessBatch { Batch = ByteString.CopyFrom(bytes), Signature = signingKey.Sign(SignaturePurpose.Access, bytes) };
    }

    private static IEnumerable<List<AccessEntry>> Chunk(IEnumerable<AccessEntry> entries)
    {
        var chunk = new List<AccessEntry>();
        var size = 0;
        foreach (var entry in entries)
        {
            if (chunk.Count == MaximumEntries || size > MaximumBytes)
            {
                yield return chunk;
                (chunk, size) = ([], 0);
            }

            chunk.Add(entry);
            size += entry.CalculateSize();
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
