using System.Collections.Concurrent;
using System.Collections.Frozen;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Asc.Persistence.Policies;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>A region's manifest of a version, ready to be sent.</summary>
internal sealed record RegionSnapshot(long Epoch, long Version, SignedManifest Signed, ByteString ManifestSha256, FrozenSet<ByteString> Digests);

/// <summary>Manifests by region. Those of the latest versions are kept, so that they can be sent while the database is away.</summary>
internal sealed class ManifestSource(ControlPlaneStore store, PolicyLibrary library, ManifestWriter manifests)
{
    private const int Kept = 256;
    private readonly ConcurrentDictionary<(long Version, string Region), RegionSnapshot> snapshots = new();

    /// <summary>The manifest of a version that exists.</summary>
    public async Task<RegionSnapshot> GetAsync(long version, string region, CancellationToken cancellation)
    {
        return await FindAsync(version, region, cancellation) ?? Keep(await MakeAsync(version, region, cancellation));
    }

    /// <summary>The manifest of a version, if the region had one: only then can a node have been offered it.</summary>
    public async Task<RegionSnapshot?> FindAsync(long version, string region, CancellationToken cancellation)
    {
        if (snapshots.TryGetValue((version, region), out var known))
        {
            return known;
        }

        return await ReadAsync(version, region, cancellation) is { } row ? Keep(row) : null;
    }

    private RegionSnapshot Keep(RegionManifest row)
    {
        var manifest = Manifest.Parser.ParseFrom(row.Manifest);
        var snapshot = new RegionSnapshot(
            (long)manifest.Epoch,
            row.Version,
            new SignedManifest
            {
                Manifest = ByteString.CopyFrom(row.Manifest),
                Signature = new Signature { KeyId = row.KeyId, Value = ByteString.CopyFrom(row.Signature) },
            },
            ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(row.Manifest)),
            manifest.Resources.Select(resource => resource.Sha256).ToFrozenSet());
        while (snapshots.Count >= Kept && snapshots.Keys.Min() is var oldest)
        {
            snapshots.TryRemove(oldest, out _);
        }

        return snapshots.GetOrAdd((row.Version, row.Region), snapshot);
    }

    private Task<RegionManifest?> ReadAsync(long version, string region, CancellationToken cancellation) => store.ReadAsync(
        database => database.RegionManifests.SingleOrDefaultAsync(row => row.Version == version && row.Region == region, cancellation), cancellation);

    // A region that the version's publisher didn't know of: its manifest is made by the same code, once.
    private async Task<RegionManifest> MakeAsync(long version, string region, CancellationToken cancellation)
    {
        var policy = await library.FindAsync(version, cancellation) ?? throw new InvalidOperationException($"there is no version {version}");
        var made = manifests.Write(policy.Row, policy.Content, policy.Compiled, region);
        try
        {
            return await store.WriteAsync(
                database =>
                {
                    database.RegionManifests.Add(made);
                    return Task.FromResult(made);
                },
                cancellation);
        }
        catch (DbUpdateException)
        {
            // Another replica made it first, and what it stored counts.
            return await ReadAsync(version, region, cancellation) ?? throw new InvalidOperationException($"the manifest of version {version} for {region} can't be stored");
        }
    }
}
