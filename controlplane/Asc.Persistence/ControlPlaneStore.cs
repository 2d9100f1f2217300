using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Asc.Persistence;

/// <summary>The one way to the database: a context per use, and for writing the one transaction pattern that both databases bear.</summary>
/// <param name="contexts">A context per use.</param>
/// <param name="driver">Its own ways.</param>
public sealed class ControlPlaneStore(IDbContextFactory<ControlPlaneContext> contexts, IDatabaseDriver driver)
{
    private readonly SemaphoreSlim? turn = driver.WritersTakeTurns ? new(1, 1) : null;

    /// <summary>Whether a failure says, itself or by what it wraps, that the database can't be reached, rather than that it was asked something wrong.</summary>
    /// <param name="failure">What was thrown out of the store.</param>
    public bool IsUnreachable(Exception failure)
    {
        for (var one = failure; one is not null; one = one.InnerException)
        {
            if (one is RetryLimitExceededException || driver.SaysUnreachable(one))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads; nothing is tracked.</summary>
    public async Task<T> ReadAsync<T>(Func<ControlPlaneContext, Task<T>> read, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(context);
    }

    /// <summary>
    /// Runs <paramref name="write"/> in a transaction, saves and commits. A transient failure runs it again with a new context:
    /// it must take everything that it needs from that context, and must notice if the lost attempt had been committed after all.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<ControlPlaneContext, Task<T>> write, CancellationToken cancellation)
    {
        await (turn?.WaitAsync(cancellation) ?? Task.CompletedTask);
        try
        {
            return await TransactAsync(write, cancellation);
        }
        finally
        {
            turn?.Release();
        }
    }

    /// <summary>The migrations that the database lacks.</summary>
    public async Task<IReadOnlyList<string>> PendingMigrationsAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return [.. await context.Database.GetPendingMigrationsAsync(cancellation)];
    }

    /// <summary>Applies them.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await driver.MigrateAsync(context.Database, cancellation);
    }

    private async Task<T> TransactAsync<T>(Func<ControlPlaneContext, Task<T>> write, CancellationToken cancellation)
    {
        await using var outer = await contexts.CreateDbContextAsync(cancellation);
        return await outer.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var context = await contexts.CreateDbContextAsync(cancellation);
            // Explicit: a pooled connection may still be at the level of its last transaction.
            await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
            var result = await write(context);
            await context.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return result;
        });
    }
}
