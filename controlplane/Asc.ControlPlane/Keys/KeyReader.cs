using System.Diagnostics.CodeAnalysis;
using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Keys;

/// <summary><c>get keys</c> and <c>describe key</c>.</summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, and ordinally.")]
internal sealed class KeyReader(ControlPlaneStore store, TimeProvider time)
{
    public async Task<ListKeysResponse> ListAsync(ListKeysRequest request, CancellationToken cancellation)
    {
        var (below, end) = TenantRange.Below(request.Tenant);
        var keys = await store.ReadAsync(
            database => database.ApiKeys
                .Where(key => request.Id == "" || key.Id == request.Id)
                .Where(key => request.Tenant == "" || key.TenantPath == request.Tenant || (string.Compare(key.TenantPath, below) >= 0 && string.Compare(key.TenantPath, end) < 0))
                .OrderBy(key => key.TenantPath).ThenBy(key => key.CreatedAt).ThenBy(key => key.Id)
                .ToListAsync(cancellation),
            cancellation);
        if (request.Id.Length > 0 && keys.Count == 0)
        {
            throw AdminException.NotFound($"There is no key {request.Id}.", "asc get keys lists them.");
        }

        var now = time.GetUtcNow();
        return new ListKeysResponse { Keys = { keys.Select(key => key.ToWire(now)) } };
    }
}
