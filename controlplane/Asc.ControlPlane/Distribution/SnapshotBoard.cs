using System.Runtime.CompilerServices;
using Asc.Contracts.Distribution.V1;
using Asc.Persistence;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>What a subscriber has already.</summary>
/// <param name="ManifestSha256">Of the manifest that it enforces; empty: none.</param>
/// <param name="AccessSequence">How far its access state has come.</param>
/// <param name="ParkedVersion">A version that it refused.</param>
internal sealed record KnownState(ByteString ManifestSha256, long AccessSequence, long? ParkedVersion);

/// <summary>One thing to send.</summary>
internal abstract record BoardItem
{
    internal sealed record Access(SignedAccessBatch Batch) : BoardItem;

    internal sealed record Policy(RegionSnapshot Snapshot) : BoardItem;
}

/// <summary>Where manifests and access batches are read off, as they come to exist. It knows no wire.</summary>
internal sealed class SnapshotBoard(ControlPlaneStore store, CommitWatch commits, ManifestSource manifests, AccessJournal journal, ILogger<SnapshotBoard> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Access first, because what tightens must not wait; then the newest manifest, if it is another than the subscriber's. Versions in between are skipped.</summary>
    public async IAsyncEnumerable<BoardItem> WatchAsync(string region, KnownState known, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var seen = Commits.None;
        var access = known.AccessSequence;
        var offered = known.ParkedVersion ?? 0;
        while (true)
        {
            var before = seen;
            seen = await commits.WaitAsync(before, cancellation);
            if (seen.Access != before.Access)
            {
                foreach (var (through, batch) in await TryAsync(() => ReadAccessAsync(access, seen.Access, cancellation), cancellation) ?? [])
                {
                    access = through;
                    yield return new BoardItem.Access(batch);
                }
            }

            if (seen.Policy != before.Policy && await TryAsync(() => NewestAsync(region, offered, cancellation), cancellation) is { } snapshot)
            {
                offered = snapshot.Version;
                if (snapshot.ManifestSha256 != known.ManifestSha256)
                {
                    yield return new BoardItem.Policy(snapshot);
                }
            }
        }
    }

    private Task<IReadOnlyList<(long Through, SignedAccessBatch Batch)>> ReadAccessAsync(long after, long newest, CancellationToken cancellation)
    {
        if (after > newest)
        {
            logger.SubscriberIsAhead(after, newest);
        }

        return journal.ReadAsync(after, cancellation);
    }

    private async Task<RegionSnapshot?> NewestAsync(string region, long offered, CancellationToken cancellation)
    {
        var newest = await store.ReadAsync(database => database.PolicyVersions.MaxAsync(version => (long?)version.Version, cancellation), cancellation);
        return newest is { } version && version != offered ? await manifests.GetAsync(version, region, cancellation) : null;
    }

    // A database that is away must not end the streams: whoever was told of a change looks again until it is back.
    private async Task<T?> TryAsync<T>(Func<Task<T>> read, CancellationToken cancellation)
        where T : class?
    {
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                logger.ReadFailed(exception);
                await Task.Delay(RetryDelay, TimeProvider.System, cancellation);
            }
        }
    }
}
