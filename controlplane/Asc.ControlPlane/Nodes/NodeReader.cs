using Asc.Contracts.Admin.V1;
using Asc.Persistence;

namespace Asc.ControlPlane.Nodes;

/// <summary><c>get nodes</c>.</summary>
internal sealed class NodeReader(ControlPlaneStore store, NodeDirectory nodes)
{
    public Task<ListNodesResponse> ListAsync(CancellationToken cancellation) => store.ReadAsync(
        async database => new ListNodesResponse { Nodes = { await nodes.ListAsync(database, cancellation) } }, cancellation);
}
