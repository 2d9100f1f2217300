using Asc.ControlPlane.Access;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Nodes;

/// <summary>A node speaks for itself only, and its name is its pool's.</summary>
internal sealed class NodeNames(ControlPlaneStore store)
{
    /// <exception cref="AdminException">The name is none, or another pool's.</exception>
    public async Task RequireOwnAsync(NodeCaller caller, string node, CancellationToken cancellation)
    {
        if (node.Length is 0 or > ColumnLengths.Name)
        {
            throw new AdminException(AdminCodes.InvalidArgument, "Whoever reports names its node.");
        }

        var owner = await store.ReadAsync(
            database => database.Nodes.Where(row => row.Name == node).Select(row => new { row.Pool, row.Region }).SingleOrDefaultAsync(cancellation), cancellation);
        if (owner is not null && (owner.Pool != caller.Pool || owner.Region != caller.Region))
        {
            throw AdminException.NotPermitted($"The node \"{node}\" is not one of the token's, which is for the pool \"{caller.Pool}\" in \"{caller.Region}\".");
        }
    }
}
