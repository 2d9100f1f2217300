using System.Collections.Concurrent;
using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Asc.Persistence.Policies;
using Asc.Policy.Compilation;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Policies;

/// <summary>Reads drafts and versions. Versions are immutable, so the latest used ones are kept, compiled.</summary>
internal sealed class PolicyLibrary(ControlPlaneStore store)
{
    private const int Kept = 16;

    // Digests a query: SQL Server takes 2,100 parameters.
    private const int DigestsPerQuery = 1000;

    private readonly ConcurrentDictionary<long, PublishedPolicy> versions = new();

    /// <summary>The newest version; null where nothing was published.</summary>
    public Task<PublishedPolicy?> NewestAsync(CancellationToken cancellation) =>
        store.ReadAsync(database => NewestAsync(database, cancellation), cancellation);

    /// <inheritdoc cref="NewestAsync(CancellationToken)"/>
    public async Task<PublishedPolicy?> NewestAsync(ControlPlaneContext database, CancellationToken cancellation) =>
        await database.PolicyVersions.MaxAsync(version => (long?)version.Version, cancellation) is { } newest
            ? await FindAsync(database, newest, cancellation)
            : null;

    /// <summary>A version; null where there is none.</summary>
    public Task<PublishedPolicy?> FindAsync(long version, CancellationToken cancellation) =>
        store.ReadAsync(database => FindAsync(database, version, cancellation), cancellation);

    /// <inheritdoc cref="FindAsync(long, CancellationToken)"/>
    public async Task<PublishedPolicy?> FindAsync(ControlPlaneContext database, long version, CancellationToken cancellation)
    {
        if (versions.TryGetValue(version, out var known))
        {
            return known;
        }

        var row = await database.PolicyVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Version == version, cancellation);
        if (row is null)
        {
            return null;
        }

        var loaded = await LoadAsync(database, row, cancellation);
        versions[version] = loaded;
        while (versions.Count > Kept)
        {
            versions.TryRemove(versions.Keys.Where(key => key != version).Min(), out _);
        }

        return loaded;
    }

    /// <summary>The draft, and the revision at which it was read.</summary>
    public static async Task<(PolicyContent Content, long Revision)> DraftAsync(ControlPlaneContext database, CancellationToken cancellation)
    {
        var revision = await database.Drafts.AsNoTracking().Select(draft => draft.Revision).SingleAsync(cancellation);
        var rows = await database.DraftResources.AsNoTracking().ToListAsync(cancellation);
        var ids = await database.TenantIdentities.AsNoTracking().ToDictionaryAsync(tenant => tenant.Path, tenant => tenant.Id, cancellation);
        return (new PolicyContent(rows.Select(row => CanonicalResource.Read(row.Content, row.Sha256) with { Source = row.Source is { } source ? ResourceSource.Parser.ParseFrom(source) : null }), ids), revision);
    }

    /// <summary>What would be judged by: the draft, compiled as version 0, or the newest version.</summary>
    /// <exception cref="AdminException">Nothing is published.</exception>
    public async Task<(PolicyContent Content, CompiledPolicy Compiled)> ReadAsync(ControlPlaneContext database, bool draft, CancellationToken cancellation)
    {
        if (draft)
        {
            var (content, _) = await DraftAsync(database, cancellation);
            return (content, PolicyCompiler.Compile(content.Document, 0));
        }

        var newest = await NewestAsync(database, cancellation)
            ?? throw AdminException.NotFound("Nothing is published yet.", "Publish the draft first (asc publish), or ask about the draft.");
        return (newest.Content, newest.Compiled);
    }

    private static async Task<PublishedPolicy> LoadAsync(ControlPlaneContext database, PolicyVersion row, CancellationToken cancellation)
    {
        var index = Manifest.Parser.ParseFrom(row.Resources).Resources;
        var bytes = new List<CanonicalResource>(index.Count);
        foreach (var chunk in index.Select(reference => reference.Sha256.ToByteArray()).DistinctBy(Convert.ToHexString).Chunk(DigestsPerQuery))
        {
            var contents = await database.Contents.AsNoTracking().Where(content => chunk.Contains(content.Sha256)).ToListAsync(cancellation);
            bytes.AddRange(contents.Select(content => CanonicalResource.Read(content.Bytes, content.Sha256)));
        }

        var ids = index.Where(reference => reference.TenantId.Length > 0).ToDictionary(reference => reference.Name, reference => reference.TenantId);
        var sources = (row.Sources is { } written ? ResourceSources.Parser.ParseFrom(written).Sources : []).ToDictionary(source => (source.Kind, source.Name));
        var content = new PolicyContent(bytes.Select(resource => resource with { Source = sources.GetValueOrDefault((resource.Kind, resource.Name)) }), ids);
        return content.Digest.AsSpan().SequenceEqual(row.Digest)
            ? new PublishedPolicy(row, content, PolicyCompiler.Compile(content.Document, (ulong)row.Version))
            : throw new InvalidOperationException($"the content of policy version {row.Version} is not what was published");
    }
}
