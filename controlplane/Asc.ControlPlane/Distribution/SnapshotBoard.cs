using System.Runtime.CompilerServices;
using Asc.Contracts.Distribution.V1;
using Asc.Persistence;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>What a subscriber has already.</summary>
/// <param name="ManifestSha256">Of the manifest that it enforces; empty: none.</param>
/// <param name="Policy">The epoch and version of that manifest.</param>
/// <param name="Access">How far its access state has come.</param>
/// <param name="ParkedVersion">A version that it refused.</param>
internal sealed record KnownState(ByteString ManifestSha256, (long Epoch, long Version) Policy, AccessPosition Access, long? ParkedVersion);

/// <summary>One thing to send.</summary>
internal abstract record BoardItem
{
    internal sealed record Access(SignedAccessBatch Batch) : BoardItem;

    internal sealed record Policy(RegionSnapshot Snapshot) : BoardItem;
}

/// <summary>Where manifests and access batches are read off, as they come to exist. It knows no wire.</summary>
internal sealed class SnapshotBoard(ControlPlaneStore store, CommitWatch commits, ManifestSource manifests, AccessJournal journal, DatabaseOutage outage, OutageStock stock, ILogger<SnapshotBoard> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Access first, because what tightens must not wait; then the newest manifest, if it is another than the subscriber's. Versions in between are skipped.</summary>
    public async IAsyncEnumerable<BoardItem> WatchAsync(string region, KnownState known, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var seen = Commits.None;
        var access = known.Access;
        var offered = known.ParkedVersion ?? 0;
        while (true)
        {
            var before = seen;
            seen = await commits.WaitAsync(before, cancellation);
            if ((seen.Access, seen.Epoch) != (before.Access, before.Epoch))
            {
                (access, var batches) = await TryAsync(() => journal.ReadAsync(access, seen, cancellation), cancellation);
                foreach (var batch in batches)
                {
                    yield return new BoardItem.Access(batch);
                }
            }

            if ((seen.Policy, seen.Epoch) != (before.Policy, before.Epoch) && await TryAsync(() => NewestAsync(region, offered, seen, cancellation), cancellation) is { } snapshot)
            {
                offered = snapshot.Version;
                // One that is older than the subscriber's would be refused: this database was restored, and the node's state says so.
                if (snapshot.ManifestSha256 != known.ManifestSha256 && (snapshot.Epoch, snapshot.Version).CompareTo(known.Policy) >= 0)
                {
                    yield return new BoardItem.Policy(snapshot);
                }
            }
        }
    }

    private async Task<RegionSnapshot?> NewestAsync(string region, long offered, Commits seen, CancellationToken cancellation)
    {
        // What is of a newer epoch than is seen waits for its access state; when that epoch is seen, this is asked again.
        var newest = await outage.BridgeAsync(
            seen.Policy,
            "what is published",
            () => store.ReadAsync(database => database.PolicyVersions.Where(version => version.Epoch <= seen.Epoch).MaxAsync(version => (long?)version.Version, cancellation), cancellation),
            () => stock.Newest is var (policy, through) && policy?.Row.Epoch <= seen.Epoch ? new(policy.Number, through) : new(null, through));
        return newest is { } version && version != offered ? await manifests.GetAsync(version, region, cancellation) : null;
    }

    // A database that is away must not end the streams: whoever was told of a change looks again until it is back.
    private async Task<T> TryAsync<T>(Func<Task<T>> read, CancellationToken cancellation)
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
