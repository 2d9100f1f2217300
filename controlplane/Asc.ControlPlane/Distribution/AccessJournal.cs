using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Signing;
using Asc.ControlPlane.Policies;
using Google.Protobuf;

namespace Asc.ControlPlane.Distribution;

/// <summary>What a subscriber is to be sent, and where it is then.</summary>
internal sealed record AccessDelivery(AccessPosition Position, IReadOnlyList<SignedAccessBatch> Batches);

/// <summary>The access sequence as signed batches.</summary>
internal sealed class AccessJournal(AccessState state, SigningKey signingKey)
{
    private const int MaximumEntries = 5000;
    private const int MaximumBytes = 1_000_000;

    /// <summary>The batches that lead from <paramref name="at"/> to the newest number; none where there is nothing new.</summary>
    public async Task<AccessDelivery> ReadAsync(AccessPosition at, Commits seen, CancellationToken cancellation)
    {
        var snapshot = await state.ReadAsync(seen, cancellation);
        if (at.Epoch > snapshot.Epoch)
        {
            // An epoch is raised by an operator and never signed because a node claims it.
            return new(at, []);
        }

        if (at.Epoch < snapshot.Epoch)
        {
            return new(new(snapshot.Epoch, snapshot.Newest), [.. Begin(snapshot)]);
        }

        if (at.WithheldThrough is not null || at.Sequence > snapshot.Newest)
        {
            return Tighten(at, snapshot);
        }

        return at.Sequence == snapshot.Newest
            ? new(at, [])
            : new(at with { Sequence = snapshot.Newest }, [.. Batches(snapshot, at.Sequence, [.. Chunk(snapshot.After(at.Sequence))])]);
    }

    // The whole state replaces another one batch by batch: what is switched off comes with the first, so that nothing is loosened on the way.
    private IEnumerable<SignedAccessBatch> Begin(AccessSnapshot snapshot)
    {
        List<AccessEntry>[] chunks = [.. Chunk(snapshot.Entries)];
        if (chunks.Length > 1)
        {
            chunks[0] = [.. chunks[0], .. snapshot.Entries.Skip(chunks[0].Count).Where(entry => entry.Key is null)];
        }

        return Batches(snapshot, 0, chunks);
    }

    // The subscriber's numbers and this database's mean different things, so the subscriber keeps what it has and stays where it is.
    // What withholds is true all the same and can only tighten.
    private AccessDelivery Tighten(AccessPosition at, AccessSnapshot snapshot)
    {
        var withheld = snapshot.After(at.WithheldThrough ?? 0).Where(IsWithheld);
        return new(
            at with { WithheldThrough = snapshot.Newest },
            [.. Chunk(withheld).Select(chunk => Sign(snapshot.Epoch, at.Sequence, at.Sequence, chunk))]);
    }

    private IEnumerable<SignedAccessBatch> Batches(AccessSnapshot snapshot, long after, List<AccessEntry>[] chunks)
    {
        foreach (var (index, chunk) in chunks.DefaultIfEmpty([]).Index())
        {
            // Of a first chunk with switches from further on the last number is not its own.
            var end = index >= chunks.Length - 1 ? snapshot.Newest : (long)chunks[index + 1][0].Sequence - 1;
            yield return Sign(snapshot.Epoch, after, end, chunk);
            after = end;
        }
    }

    private SignedAccessBatch Sign(long epoch, long after, long through, IEnumerable<AccessEntry> entries)
    {
        var bytes = CanonicalResource.Serialize(new AccessBatch { Epoch = (ulong)epoch, After = (ulong)after, Through = (ulong)through, Entries = { entries } });
        return new SignedAccessBatch { Batch = ByteString.CopyFrom(bytes), Signature = signingKey.Sign(SignaturePurpose.Access, bytes) };
    }

    private static bool IsWithheld(AccessEntry entry) =>
        entry is { Key.RevokedAt: not null } or { Tenant.Suspended: true } or { Model.Disabled: true } or { Provider.Disabled: true };

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
