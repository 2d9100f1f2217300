using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Policies;

/// <summary>Refuses, within a command's transaction, what would leave active keys without their tenant: clients would be told that their keys are unknown.</summary>
internal sealed class OrphanedKeys(CommandContext context, TimeProvider time)
{
    private const int TenantsPerQuery = 500;

    // A refusal is read by people, and travels in a header.
    private const int Named = 20;

    /// <summary>To be called before the transaction stores versions or drafts: who makes a key holds the lock that is taken here, and reads those.</summary>
    /// <exception cref="AdminException">A tenant that is in <paramref name="before"/> and not in <paramref name="after"/> has active keys.</exception>
    public async Task RefuseAsync(PolicyContent before, PolicyContent after, CancellationToken cancellation)
    {
        var tenants = before.Document.Tenants.Select(tenant => tenant.Path).Except(after.Document.Tenants.Select(tenant => tenant.Path)).ToArray();
        if (tenants.Length == 0)
        {
            return;
        }

        // Keys are made under this lock: none can come in between.
        await context.Database.RaiseAsync(CounterNames.Access, 0, cancellation);
        var now = time.GetUtcNow();
        var keys = new List<(string Tenant, string Id)>();
        foreach (var chunk in tenants.Chunk(TenantsPerQuery))
        {
            var found = await context.Database.ApiKeys
                .Where(key => chunk.Contains(key.TenantPath) && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now))
                .Select(key => new { key.TenantPath, key.Id })
                .ToListAsync(cancellation);
            keys.AddRange(found.Select(key => (key.TenantPath, key.Id)));
        }

        if (keys.Count > 0)
        {
            var named = keys.OrderBy(key => key.Tenant, StringComparer.Ordinal).Take(Named).GroupBy(key => key.Tenant, key => key.Id).Select(tenant => $"{tenant.Key} ({string.Join(", ", tenant)})");
            var rest = keys.Count > Named ? $", and {keys.Count - Named} more" : "";
            throw AdminException.Conflict($"Tenants that would go have active keys: {string.Join(", ", named)}{rest}.", "Revoke the keys first (asc key revoke), or keep the tenants.");
        }
    }
}
