using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Asc.Persistence.Policies;
using Asc.Policy.Compilation;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Policies;

/// <summary>Makes a version of a content: checked, compiled, signed and stored in the command's transaction.</summary>
internal sealed class PolicyPublisher(CommandContext context, PolicyLibrary library, OrphanedKeys orphans, ManifestWriter manifests, TimeProvider time)
{
    /// <summary>The draft must have been opened: its lock makes publishers take turns.</summary>
    public async Task<PolicyVersion> PublishAsync(PolicyContent content, string message, ulong? expectedVersion, long? rollbackOf, CancellationToken cancellation)
    {
        var database = context.Database;
        var parent = await library.NewestAsync(database, cancellation);
        Require(expectedVersion, parent, content);
        PolicyChecks.Check(content, parent?.Content.Document);
        // The draft's own check is not enough: a key may have been made for a tenant that had left the draft and was still published.
        await orphans.RefuseAsync(parent?.Content ?? PolicyContent.Empty, content, cancellation);
        var version = new PolicyVersion
        {
            Version = (parent?.Number ?? 0) + 1,
            Parent = parent?.Number ?? 0,
            Epoch = await database.Counters.Where(counter => counter.Name == CounterNames.Epoch).Select(counter => counter.Value).SingleAsync(cancellation),
            Author = context.Caller!.Name,
            Message = message,
            PublishedAt = time.GetUtcNow(),
            Digest = content.Digest,
            RollbackOf = rollbackOf,
            Resources = ManifestWriter.Index(content),
            Sources = RuleSources.Of(content),
        };
        var compiled = PolicyCompiler.Compile(content.Document, (ulong)version.Version);
        await StoreContentsAsync(database, content, parent?.Content, cancellation);
        database.PolicyVersions.Add(version);
        foreach (var region in await RegionsAsync(database, content, cancellation))
        {
            database.RegionManifests.Add(manifests.Write(version, content, compiled, region));
        }

        context.Record.Subject = $"version {version.Version}";
        context.Record.Reason = message;
        context.Record.PolicyVersion = (ulong)version.Version;
        context.Record.Change(
            parent is null ? null : new { version = parent.Number, digest = Digests.Text(parent.Row.Digest) },
            new { version = version.Version, digest = Digests.Text(version.Digest), rollbackOf, draft = rollbackOf is null ? null : $"replaced by the content of version {rollbackOf}" });
        await database.SaveChangesAsync(cancellation);
        return version;
    }

    private static void Require(ulong? expectedVersion, PublishedPolicy? parent, PolicyContent content)
    {
        if (expectedVersion is { } expected && expected != (ulong)(parent?.Number ?? 0))
        {
            throw AdminException.Conflict(
                parent is null ? $"Nothing is published yet, and version {expected} is expected." : $"The newest version is {parent.Number} by {parent.Row.Author}, not {expected}.",
                "Look at what changed (asc diff), then publish again.");
        }

        if (content.Digest.AsSpan().SequenceEqual(parent is null ? PolicyContent.Empty.Digest : parent.Row.Digest))
        {
            throw new AdminException(
                AdminCodes.NothingToPublish,
                parent is null ? "The draft is empty." : $"The content is that of version {parent.Number} already.",
                "Change the draft first (asc apply).");
        }
    }

    private static async Task StoreContentsAsync(ControlPlaneContext database, PolicyContent content, PolicyContent? parent, CancellationToken cancellation)
    {
        var stored = (parent?.Resources ?? []).Select(resource => Convert.ToHexString(resource.Sha256)).ToHashSet();
        foreach (var chunk in content.Resources.Where(resource => stored.Add(Convert.ToHexString(resource.Sha256))).Chunk(500))
        {
            // An older version may hold it.
            var digests = chunk.Select(resource => resource.Sha256).ToArray();
            var known = (await database.Contents.Where(row => digests.Contains(row.Sha256)).Select(row => row.Sha256).ToListAsync(cancellation))
                .Select(Convert.ToHexString)
                .ToHashSet();
            database.Contents.AddRange(chunk
                .Where(resource => !known.Contains(Convert.ToHexString(resource.Sha256)))
                .Select(resource => new StoredContent { Sha256 = resource.Sha256, Bytes = resource.Bytes }));
        }
    }

    private static async Task<IReadOnlyList<string>> RegionsAsync(ControlPlaneContext database, PolicyContent content, CancellationToken cancellation)
    {
        var tokens = await database.NodeTokens.Where(token => token.RevokedAt == null).Select(token => token.Region).Distinct().ToListAsync(cancellation);
        var nodes = await database.Nodes.Select(node => node.Region).Distinct().ToListAsync(cancellation);
        return [.. RegionTable.RegionsOf(content.Document).Concat(tokens).Concat(nodes).Where(region => region.Length is > 0 and <= ColumnLengths.Label).Distinct(StringComparer.Ordinal)];
    }
}
