using System.Runtime.CompilerServices;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>A tenant one of whose keys is narrowed by a grant.</summary>
internal sealed record GrantHolder(string TenantId, byte[] GrantSha256);

/// <summary>Content by digest, for regions that may hold it: knowing a digest opens nothing.</summary>
internal sealed class ContentVault(ControlPlaneStore store, PolicyLibrary library, ManifestSource manifests, CommitWatch commits, DatabaseOutage outage, OutageStock stock)
{
    private const int DigestsPerQuery = 500;

    /// <exception cref="AdminException">One of the digests is unknown or another region's: which of both is not told.</exception>
    public async IAsyncEnumerable<ResourceContent> OpenAsync(string region, IReadOnlyList<ByteString> digests, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A node may have been told of all that is seen: by an older state its digests would be unknown.
        var seen = commits.Current;
        var newest = await outage.BridgeAsync(seen.Policy, "what is published", () => library.NewestAsync(cancellation), () => stock.Newest);
        var snapshot = newest is null ? null : await manifests.GetAsync(newest.Number, region, cancellation);
        ByteString[] others = [.. digests.Where(digest => snapshot?.Digests.Contains(digest) != true)];
        var grants = await GrantsAsync(newest, region, others, seen, cancellation);
        if (others.FirstOrDefault(digest => !grants.Contains(digest)) is { } foreign)
        {
            throw AdminException.NotFound($"There is no content {Digests.Text(foreign.Span)} for {region}.");
        }

        foreach (var chunk in digests.Chunk(DigestsPerQuery))
        {
            foreach (var content in await outage.BridgeAsync(DatabaseOutage.AnyAge, "content", () => ReadAsync(chunk, cancellation), () => stock.ContentsOf(chunk)))
            {
                yield return content;
            }
        }
    }

    private async Task<IReadOnlyList<ResourceContent>> ReadAsync(ByteString[] digests, CancellationToken cancellation)
    {
        var wanted = digests.Select(digest => digest.ToByteArray()).ToArray();
        var rows = await store.ReadAsync(database => database.Contents.Where(content => wanted.Contains(content.Sha256)).ToListAsync(cancellation), cancellation);
        return [.. rows.Select(row => new ResourceContent { Sha256 = ByteString.CopyFrom(row.Sha256), Content = ByteString.CopyFrom(row.Bytes) })];
    }

    // A grant is served to regions that may serve the tenant of a key that has it.
    private async Task<HashSet<ByteString>> GrantsAsync(PublishedPolicy? policy, string region, ByteString[] digests, Commits seen, CancellationToken cancellation)
    {
        var found = new HashSet<ByteString>();
        foreach (var chunk in digests.Where(_ => policy is not null).Chunk(DigestsPerQuery))
        {
            var keys = await outage.BridgeAsync(seen.Access, "keys", () => ReadHoldersAsync(chunk, cancellation), () => stock.HoldersOf(chunk));
            found.UnionWith(keys
                .Where(key => policy!.Compiled.FindTenantById(key.TenantId) is { } tenant && policy.Compiled.RegionsOf(tenant).Contains(region))
                .Select(key => ByteString.CopyFrom(key.GrantSha256)));
        }

        return found;
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
