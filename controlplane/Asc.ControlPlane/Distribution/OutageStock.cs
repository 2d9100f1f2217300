using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>
/// What a node that starts from nothing needs, read into memory after each change: a database that goes away keeps no node from its policy and its keys.
/// </summary>
internal sealed class OutageStock(
    CommitWatch commits, ControlPlaneStore store, PolicyLibrary library, ManifestSource manifests, AccessState access, NodeTokens tokens, ILogger<OutageStock> logger)
    : BackgroundService
{
    private const int DigestsPerQuery = 500;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private volatile Goods? goods;

    /// <summary>What it has come to.</summary>
    public Commits Through => goods?.Through ?? Commits.None;

    /// <summary>The newest version; null where nothing is published.</summary>
    /// <exception cref="Mediation.AdminException">The database went away before it was read.</exception>
    public Remembered<PublishedPolicy?> Newest
    {
        get
        {
            var held = Held;
            return new(held.Newest, held.Through.Policy);
        }
    }

    private Goods Held => goods ?? throw DatabaseOutage.NotInMemory("what is published");

    /// <summary>Whose keys have these grants.</summary>
    public Remembered<IReadOnlyList<GrantHolder>> HoldersOf(IEnumerable<ByteString> digests)
    {
        var held = Held;
        return new([.. digests.SelectMany(digest => held.TenantsOf[digest].Select(tenant => new GrantHolder(tenant, digest.ToByteArray())))], held.Through.Access);
    }

    /// <summary>Resources of the newest version and grants, by digest.</summary>
    public Remembered<IReadOnlyList<ResourceContent>> ContentsOf(IEnumerable<ByteString> digests)
    {
        var held = Held;
        return new([.. digests.Select(digest => new ResourceContent { Sha256 = digest, Content = held.Find(digest) })], held.Through.Policy);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var through = Commits.None;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = await commits.WaitAsync(through, stoppingToken);
                // Records come all the time, and change nothing here.
                if (now with { Timeline = 0 } != through with { Timeline = 0 })
                {
                    await ReadAsync(now, stoppingToken);
                }

                through = now;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.NotInStock(exception);
                await Task.Delay(RetryDelay, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception)
            {
                // It is stopping, and what it reads with may have been disposed under it.
                return;
            }
        }
    }

    private async Task ReadAsync(Commits seen, CancellationToken cancellation)
    {
        await tokens.RememberAsync(seen, cancellation);
        var narrowed = (await access.ReadAsync(seen, cancellation)).Entries.Select(entry => entry.Key).Where(key => key is { GrantSha256.IsEmpty: false }).ToArray();
        var tenantsOf = narrowed.ToLookup(key => key.GrantSha256, key => key.TenantId);
        var grants = await GrantsAsync([.. tenantsOf.Select(grant => grant.Key)], cancellation);
        var newest = await library.NewestAsync(cancellation);
        foreach (var region in newest is null ? [] : tokens.Regions)
        {
            // Kept by their source.
            await manifests.GetAsync(newest!.Number, region, cancellation);
        }

        var resources = newest is not null && newest == goods?.Newest
            ? goods.Resources
            : (newest?.Content.Resources ?? []).DistinctBy(resource => Convert.ToHexString(resource.Sha256))
                .ToDictionary(resource => ByteString.CopyFrom(resource.Sha256), resource => ByteString.CopyFrom(resource.Bytes));
        goods = new(seen, newest, resources, grants, tenantsOf);
    }

    // Those that no key has any more are dropped.
    private async Task<IReadOnlyDictionary<ByteString, ByteString>> GrantsAsync(ByteString[] digests, CancellationToken cancellation)
    {
        var known = goods?.Grants;
        var grants = new Dictionary<ByteString, ByteString>();
        foreach (var chunk in digests.Chunk(DigestsPerQuery))
        {
            foreach (var digest in chunk.Where(digest => known?.ContainsKey(digest) == true))
            {
                grants[digest] = known![digest];
            }

            var wanted = chunk.Where(digest => !grants.ContainsKey(digest)).Select(digest => digest.ToByteArray()).ToArray();
            foreach (var content in wanted.Length == 0 ? [] : await store.ReadAsync(
                database => database.Contents.Where(content => wanted.Contains(content.Sha256)).ToListAsync(cancellation), cancellation))
            {
                grants[ByteString.CopyFrom(content.Sha256)] = ByteString.CopyFrom(content.Bytes);
            }
        }

        return grants;
    }

    // One reference, so that what is held and how far it has come can't be told apart.
    private sealed record Goods(
        Commits Through,
        PublishedPolicy? Newest,
        IReadOnlyDictionary<ByteString, ByteString> Resources,
        IReadOnlyDictionary<ByteString, ByteString> Grants,
        ILookup<ByteString, string> TenantsOf)
    {
        public ByteString Find(ByteString digest) =>
            Resources.GetValueOrDefault(digest) ?? Grants.GetValueOrDefault(digest) ?? throw DatabaseOutage.NotInMemory($"the content {Digests.Text(digest.Span)}");
    }
}
