using Asc.Contracts.Credentials;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Asc.Persistence.Policies;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Policies;

/// <summary>Changes the draft, within a command's transaction.</summary>
internal sealed class DraftWriter(CommandContext context, TimeProvider time)
{
    /// <summary>Locks the draft and the versions, then reads the draft.</summary>
    /// <exception cref="AdminException">It is not at the revision that the caller expects.</exception>
    public async Task<(PolicyContent Content, long Revision)> OpenAsync(ulong? expectedRevision, CancellationToken cancellation)
    {
        await context.Database.RaiseAsync(CounterNames.Policy, 1, cancellation);
        var draft = await PolicyLibrary.DraftAsync(context.Database, cancellation);
        return expectedRevision is { } expected && expected != (ulong)draft.Revision
            ? throw AdminException.Conflict($"The draft is at revision {draft.Revision}, not {expected}.", "Look at what changed (asc diff), then repeat the command.")
            : draft;
    }

    /// <summary>The new draft's tenants get their ids here, so that what is checked is what is stored.</summary>
    public async Task<PolicyContent> ContentAsync(IReadOnlyCollection<CanonicalResource> resources, CancellationToken cancellation)
    {
        var ids = await context.Database.TenantIdentities.ToDictionaryAsync(tenant => tenant.Path, tenant => tenant.Id, cancellation);
        foreach (var resource in resources.Where(resource => resource.Resource.Tenant is not null && !ids.ContainsKey(resource.Name)))
        {
            var id = "t_" + BearerSecret.RandomId();
            ids.Add(resource.Name, id);
            context.Database.TenantIdentities.Add(new TenantIdentity { Path = resource.Name, Id = id, CreatedAt = time.GetUtcNow() });
        }

        return new PolicyContent(resources, ids);
    }

    /// <summary>Makes <paramref name="content"/> the draft; returns its revision. It was checked, and <see cref="OrphanedKeys"/> refused what it must.</summary>
    public async Task<long> ReplaceAsync(PolicyContent content, CancellationToken cancellation)
    {
        var rows = (await context.Database.DraftResources.ToListAsync(cancellation)).ToDictionary(row => (row.Kind, row.Name));
        var wanted = content.Resources.ToDictionary(resource => (resource.Kind, resource.Name));
        context.Database.DraftResources.RemoveRange(rows.Values.Where(row => !wanted.ContainsKey((row.Kind, row.Name))));
        foreach (var resource in content.Resources)
        {
            if (!rows.TryGetValue((resource.Kind, resource.Name), out var row))
            {
                context.Database.DraftResources.Add(new() { Kind = resource.Kind, Name = resource.Name, Content = resource.Bytes, Sha256 = resource.Sha256, Source = Bytes(resource) });
                continue;
            }

            if (!row.Sha256.AsSpan().SequenceEqual(resource.Sha256))
            {
                (row.Content, row.Sha256) = (resource.Bytes, resource.Sha256);
            }

            row.Source = Bytes(resource);
        }

        var draft = await context.Database.Drafts.SingleAsync(cancellation);
        draft.ChangedAt = time.GetUtcNow();
        // Even at the same instant: the revision must move.
        context.Database.Entry(draft).Property(changed => changed.ChangedAt).IsModified = true;
        await context.Database.SaveChangesAsync(cancellation);
        return draft.Revision;
    }

    /// <summary>Where the draft's resources are written now, their content being what it was: no change of the draft, and its revision stays.</summary>
    public async Task KeepSourcesAsync(PolicyContent content, CancellationToken cancellation)
    {
        foreach (var row in await context.Database.DraftResources.ToListAsync(cancellation))
        {
            row.Source = content.Find(row.Kind, row.Name) is { } resource ? Bytes(resource) : row.Source;
        }

        await context.Database.SaveChangesAsync(cancellation);
    }

    private static byte[]? Bytes(CanonicalResource resource) => resource.Source is { } source ? CanonicalResource.Serialize(source) : null;
}
