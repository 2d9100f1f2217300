using Asc.ControlPlane.Distribution;
using Asc.Persistence;
using Asc.Persistence.Access;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Access;

/// <summary>Node tokens in force: from the database, and while it is away those that were known when it was last seen. Of secrets there are hashes only.</summary>
internal sealed class NodeTokens(ControlPlaneStore store, DatabaseOutage outage)
{
    private volatile Dictionary<string, NodeToken>? known;

    /// <summary>Regions of the tokens in memory.</summary>
    public IEnumerable<string> Regions => known?.Values.Select(token => token.Region).Distinct(StringComparer.Ordinal) ?? [];

    /// <summary>The token, if it is in force; null where it is none.</summary>
    /// <exception cref="Mediation.AdminException">The database is away, and the token is not in memory.</exception>
    public Task<NodeToken?> FindAsync(string id, CancellationToken cancellation) => outage.BridgeAsync(
        () => store.ReadAsync(database => database.NodeTokens.SingleOrDefaultAsync(token => token.Id == id && token.RevokedAt == null, cancellation), cancellation),
        () => known?.GetValueOrDefault(id) ?? throw DatabaseOutage.NotInMemory("the node token"));

    /// <summary>Reads all into memory.</summary>
    public async Task RememberAsync(CancellationToken cancellation) => known = await store.ReadAsync(
        database => database.NodeTokens.Where(token => token.RevokedAt == null).ToDictionaryAsync(token => token.Id, cancellation), cancellation);
}
