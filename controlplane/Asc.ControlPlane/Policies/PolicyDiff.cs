using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Policies;

/// <summary><c>diff</c>: what changes between two versions, or up to the draft, and whom it touches.</summary>
internal sealed class PolicyDiff(ControlPlaneStore store, PolicyLibrary library, TimeProvider time)
{
    public Task<DiffResponse> CompareAsync(DiffRequest request, CancellationToken cancellation) => store.ReadAsync(
        async database =>
        {
            var from = request.HasFrom ? await FindAsync(database, request.From, cancellation) : await library.NewestAsync(database, cancellation);
            var (to, revision) = request.HasTo
                ? ((await FindAsync(database, request.To, cancellation))?.Content ?? PolicyContent.Empty, 0)
                : await PolicyLibrary.DraftAsync(database, cancellation);
            var comparison = ContentComparison.Between(from?.Content ?? PolicyContent.Empty, to);
            var response = new DiffResponse
            {
                From = (ulong)(from?.Number ?? 0),
                Changes = { comparison.Changes.Select(change => change.ToWire()) },
                Affected = new Affected { Tenants = { comparison.AffectedTenants }, Keys = await KeysOfAsync(database, comparison.AffectedTenants, cancellation) },
            };
            if (request.HasTo)
            {
                response.To = request.To;
            }
            else
            {
                response.Revision = (ulong)revision;
            }

            return response;
        },
        cancellation);

    // Version 0 is what was before the first: nothing.
    private async Task<PublishedPolicy?> FindAsync(ControlPlaneContext database, ulong version, CancellationToken cancellation) =>
        version == 0
            ? null
            : await library.FindAsync(database, (long)version, cancellation) ?? throw AdminException.NotFound($"There is no version {version}.", "asc versions lists them.");

    private async Task<uint> KeysOfAsync(ControlPlaneContext database, IReadOnlyList<string> tenants, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var counts = await database.ApiKeys
            .Where(key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now))
            .GroupBy(key => key.TenantPath)
            .Select(group => new { Path = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Path, row => row.Count, cancellation);
        return (uint)tenants.Sum(tenant => counts.GetValueOrDefault(tenant));
    }
}
