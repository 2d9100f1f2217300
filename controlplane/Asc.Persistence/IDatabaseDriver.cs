using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Asc.Persistence;

/// <summary>What a database's driver does in its own way, and the store must know.</summary>
public interface IDatabaseDriver
{
    /// <summary>
    /// Whether writers of this process wait for each other in the store, without a thread: for an embedded database with one writer, which
    /// would block a thread of the pool for each that waits, and soon the one that is to go on.
    /// </summary>
    bool WritersTakeTurns { get; }

    /// <summary>Whether the driver says by this exception that the database can't be reached, rather than that it was asked something wrong.</summary>
    /// <param name="exception">Itself: what it wraps is looked at by the store.</param>
    bool SaysUnreachable(Exception exception);

    /// <summary>Applies the migrations that the database lacks, one process at a time, whatever became of those before.</summary>
    Task MigrateAsync(DatabaseFacade database, CancellationToken cancellation);
}
