using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Asc.Persistence;

/// <summary>
/// Raises <see cref="IRevised.Revision"/>. A database's own row version would be set by SQL Server only: on SQLite the conflict goes unseen.
/// </summary>
internal sealed class RevisionInterceptor : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in eventData.Context?.ChangeTracker.Entries<IRevised>() ?? [])
        {
            if (entry.State is EntityState.Modified or EntityState.Added)
            {
                entry.Entity.Revision++;
            }
        }

        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }
}
