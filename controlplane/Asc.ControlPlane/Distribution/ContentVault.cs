using System.Runtime.CompilerServices;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>Content by digest, for regions that may hold it: knowing a digest opens nothing.</summary>
internal sealed class ContentVault(ControlPlaneStore store, PolicyLibrary library, ManifestSource manifests)
{
    private const int DigestsPerQuery = 500;

    /// <exception cref="AdminException">One of the digests is unknown or another region's: which of both is not told.</exception>
    public async IAsyncEnumerable<ResourceContent> OpenAsync(string region, IReadOnlyList<ByteString> digests, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var newest = await library.NewestAsync(cancellation);
        var snapshot = newest is null ? null : await manifests.GetAsync(newest.Number, region, cancellation);
        ByteString[] others = [.. digests.Where(digest => snapshot?.Digests.Contains(digest) != true)];
        var grants = await GrantsAsync(newest, region, others, cancellation);
        if (others.FirstOrDefault(digest => !grants.Contains(digest)) is { } foreign)
        {
            throw AdminException.NotFound($"There is no content {Digests.Text(foreign.Span)} for {region}.");
        }

        foreach (var chunk in digests.Chunk(DigestsPerQuery))
        {
            var wanted = chunk.Select(digest => digest.ToByteArray()).ToArray();
            var contents = await store.ReadAsync(
                database => database.Contents.Where(content => wanted.Contains(content.Sha256)).ToListAsync(cancellation), cancellation);
            foreach (var content in contents)
            {
                yield return new ResourceContent { Sha256 = ByteString.CopyFrom(content.Sha256), Content = ByteString.CopyFrom(content.Bytes) };
            }
        }
    }

    // A grant is served to regions that may serve the tenant of a key that has it.
    private async Task<HashSet<ByteString>> GrantsAsync(PublishedPolicy? policy, string region, ByteString[] digests, CancellationToken cancellation)
    {
        var found = new HashSet<ByteString>();
        foreach (var chunk in digests.Where(_ => policy is not null).Chunk(DigestsPerQuery))
        {
            var wanted = chunk.Select(digest => digest.ToByteArray()).ToArray();
            var keys = await store.ReadAsync(
                database => database.ApiKeys
                    .Where(key => key.GrantSha256 != null && wanted.Contains(key.GrantSha256))
                    .Select(key => new { key.TenantId, key.GrantSha256 })
                    .ToListAsync(cancellation),
                cancellation);
            found.UnionWith(keys
                .Where(key => policy!.Compiled.FindTenantById(key.TenantId) is { } tenant && policy.Compiled.RegionsOf(tenant).Contains(region))
                .Select(key => ByteString.CopyFrom(key.GrantSha256!)));
        }

        return found;
    }
}
