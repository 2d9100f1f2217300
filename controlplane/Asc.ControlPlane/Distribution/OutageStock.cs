using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<ByteString, ByteString> grants = [];
    private volatile Goods? goods;
    private volatile Commits through = Commits.None;

    /// <summary>What it has come to.</summary>
    public Commits Through => through;

    /// <summary>The newest version; null where nothing is published.</summary>
    /// <exception cref="Mediation.AdminException">The database went away before it was read.</exception>
    public PublishedPolicy? Newest => Held.Newest;

    private Goods Held => goods ?? throw DatabaseOutage.NotInMemory("what is published");

    /// <summary>Whose keys have these grants.</summary>
    public IReadOnlyList<GrantHolder> HoldersOf(IEnumerable<ByteString> digests) =>
        [.. digests.SelectMany(digest => Held.TenantsOf[digest].Select(tenant => new GrantHolder(tenant, digest.ToByteArray())))];

    /// <summary>Resources of the newest version and grants, by digest.</summary>
    public IReadOnlyList<ResourceContent> ContentsOf(IEnumerable<ByteString> digests) =>
        [.. digests.Select(digest => new ResourceContent
        {
            Sha256 = digest,
            Content = Held.Resources.GetValueOrDefault(digest) ?? grants.GetValueOrDefault(digest) ?? throw DatabaseOutage.NotInMemory($"the content {Digests.Text(digest.Span)}"),
        })];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ReadAsync(Commits seen, CancellationToken cancellation)
    {
        await tokens.RememberAsync(cancellation);
        var narrowed = (await access.ReadAsync(seen, cancellation)).Entries.Select(entry => entry.Key).Where(key => key is { GrantSha256.IsEmpty: false }).ToArray();
        foreach (var chunk in narrowed.Select(key => key.GrantSha256).Distinct().Where(digest => !grants.ContainsKey(digest)).Chunk(DigestsPerQuery))
        {
            var wanted = chunk.Select(digest => digest.ToByteArray()).ToArray();
            foreach (var content in await store.ReadAsync(database => database.Contents.Where(content => wanted.Contains(content.Sha256)).ToListAsync(cancellation), cancellation))
            {
                grants[ByteString.CopyFrom(content.Sha256)] = ByteString.CopyFrom(content.Bytes);
            }
        }

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
        goods = new(newest, resources, narrowed.ToLookup(key => key.GrantSha256, key => key.TenantId));
    }

    private sealed record Goods(PublishedPolicy? Newest, IReadOnlyDictionary<ByteString, ByteString> Resources, ILookup<ByteString, string> TenantsOf);
}
