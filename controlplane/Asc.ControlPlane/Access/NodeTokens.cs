using Asc.ControlPlane.Distribution;
using Asc.Persistence;
using Asc.Persistence.Access;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Access;

/// <summary>Node tokens: from the database, and while it is away those that were known when it was last seen. Of secrets there are hashes only.</summary>
internal sealed class NodeTokens(ControlPlaneStore store, CommitWatch commits, DatabaseOutage outage)
{
    private volatile Known? known;

    /// <summary>Regions of the tokens in memory that are in force.</summary>
    public IEnumerable<string> Regions => known?.Tokens.Values.Where(token => token.RevokedAt is null).Select(token => token.Region).Distinct(StringComparer.Ordinal) ?? [];

    /// <summary>The token, if it is in force; null where it is none.</summary>
    /// <exception cref="Mediation.AdminException">The database is away, and the token is not in memory, or was read before a change that has been seen.</exception>
    public Task<NodeToken?> FindAsync(string id, CancellationToken cancellation) => outage.BridgeAsync(
        commits.Current.Tokens,
        "node tokens",
        () => store.ReadAsync(database => database.NodeTokens.SingleOrDefaultAsync(token => token.Id == id && token.RevokedAt == null, cancellation), cancellation),
        () => known is { } all && all.Tokens.TryGetValue(id, out var token)
            ? new(token.RevokedAt is null ? token : null, all.Through)
            : throw DatabaseOutage.NotInMemory("the node token"));

    /// <summary>Reads all into memory. Revoked ones too: one that is not there may be a new one, and who has a revoked one is told so.</summary>
    public async Task RememberAsync(Commits seen, CancellationToken cancellation) => known = new(
        await store.ReadAsync(database => database.NodeTokens.ToDictionaryAsync(token => token.Id, cancellation), cancellation), seen.Tokens);

    private sealed record Known(IReadOnlyDictionary<string, NodeToken> Tokens, long Through);
}
