using System.Runtime.CompilerServices;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>A tenant one of whose keys is narrowed by a grant.</summary>
internal sealed record GrantHolder(string TenantId, byte[] GrantSha256);

/// <summary>Content by digest, for regions that may hold it: knowing a digest opens nothing.</summary>
internal sealed class ContentVault(
    ControlPlaneStore store, PolicyLibrary library, ManifestSource manifests, CommitWatch commits, DatabaseOutage outage, OutageStock stock, TimeProvider time)
{
    private const int DigestsPerQuery = 500;

    // A node may still be fetching a version when the next one comes. It gives a fetch up after a minute.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>
    /// What the region may hold of this: what its manifest lists, of the newest version or of one that was the newest a moment ago, and grants of keys whose
    /// tenants it may serve. The rest, whether unknown or another region's, is left out: a node refuses what it then can't compile, and its stream goes on.
    /// </summary>
    /// <exception cref="Mediation.AdminException">The database is away, and memory can't tell of one of the digests whether the region may hold it.</exception>
    public async IAsyncEnumerable<ResourceContent> OpenAsync(string region, IReadOnlyList<ByteString> digests, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A node may have been told of all that is seen: by an older state its digests would be unknown.
        var seen = commits.Current;
        var isRemembered = false;
        Remembered<T> Recall<T>(Remembered<T> held)
        {
            isRemembered = true;
            return held;
        }

        var newest = await outage.BridgeAsync(seen.Policy, "what is published", () => library.NewestAsync(cancellation), () => Recall(stock.Newest));
        var others = digests.ToHashSet();
        if (newest is not null)
        {
            others.ExceptWith((await manifests.GetAsync(newest.Number, region, cancellation)).Digests);
            foreach (var chunk in others.ToArray().Chunk(DigestsPerQuery))
            {
                var keys = await outage.BridgeAsync(seen.Access, "keys", () => ReadHoldersAsync(chunk, cancellation), () => Recall(stock.HoldersOf(chunk)));
                others.ExceptWith(keys.Where(key => MayServe(newest, region, key.TenantId)).Select(key => ByteString.CopyFrom(key.GrantSha256)));
            }
        }

        if (others.Count > 0 && isRemembered)
        {
            throw DatabaseOutage.NotInMemory($"whether {region} may hold {Digests.Text(others.First().Span)}");
        }

        if (others.Count > 0 && newest is not null)
        {
            await ExceptSupersededAsync(others, newest.Number, region, cancellation);
        }

        foreach (var chunk in digests.Where(digest => !others.Contains(digest)).Chunk(DigestsPerQuery))
        {
            foreach (var content in await outage.BridgeAsync(DatabaseOutage.AnyAge, "content", () => ReadAsync(chunk, cancellation), () => stock.ContentsOf(chunk)))
            {
                yield return content;
            }
        }
    }

    private static bool MayServe(PublishedPolicy policy, string region, string tenantId) =>
        policy.Compiled.FindTenantById(tenantId) is { } tenant && policy.Compiled.RegionsOf(tenant).Contains(region);

    private async Task ExceptSupersededAsync(HashSet<ByteString> others, long newest, string region, CancellationToken cancellation)
    {
        var after = time.GetUtcNow() - Grace;
        // It and those after it took the place of the ones before them.
        var first = await store.ReadAsync(
            database => database.PolicyVersions.Where(version => version.PublishedAt > after).MinAsync(version => (long?)version.Version, cancellation), cancellation);
        for (var version = newest - 1; version >= first - 1 && version > 0 && others.Count > 0; version--)
        {
            others.ExceptWith((await manifests.FindAsync(version, region, cancellation))?.Digests ?? []);
        }
    }

    private async Task<IReadOnlyList<ResourceContent>> ReadAsync(ByteString[] digests, CancellationToken cancellation)
    {
        var wanted = digests.Select(digest => digest.ToByteArray()).ToArray();
        var rows = await store.ReadAsync(database => database.Contents.Where(content => wanted.Contains(content.Sha256)).ToListAsync(cancellation), cancellation);
        return [.. rows.Select(row => new ResourceContent { Sha256 = ByteString.CopyFrom(row.Sha256), Content = ByteString.CopyFrom(row.Bytes) })];
    }

    private async Task<IReadOnlyList<GrantHolder>> ReadHoldersAsync(ByteString[] digests, CancellationToken cancellation)
    {
        var wanted = digests.Select(digest => digest.ToByteArray()).ToArray();
        return await store.ReadAsync(
            database => database.ApiKeys
                .Where(key => key.GrantSha256 != null && wanted.Contains(key.GrantSha256))
                .Select(key => new GrantHolder(key.TenantId, key.GrantSha256!))
                .ToListAsync(cancellation),
            cancellation);
    }
}
