using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Asc.Persistence.Sqlite;

/// <summary>Microsoft.Data.Sqlite.</summary>
public sealed class SqliteDriver : IDatabaseDriver
{
    // Primary result codes, https://sqlite.org/rescode.html: busy, locked, disk I/O error, unable to open.
    private static readonly int[] Unreachable = [5, 6, 10, 14];

    /// <inheritdoc/>
    public bool WritersTakeTurns => true;

    /// <inheritdoc/>
    public bool SaysUnreachable(Exception exception) => exception is SqliteException sqlite && Unreachable.Contains(sqlite.SqliteErrorCode);

    /// <inheritdoc/>
    public async Task MigrateAsync(DatabaseFacade database, CancellationToken cancellation)
    {
        await database.OpenConnectionAsync(cancellation);
        // In memory it is this process's alone.
        await using var claim = database.GetDbConnection().DataSource is { Length: > 0 } file ? await MigrationClaim.TakeAsync(file, cancellation) : null;
        // Entity Framework Core's own lock is a row. Whoever died while migrating left it, and all after would wait for it, for ever and without a word.
        await database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        // It does so too, but only where it makes the file itself.
        await database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'", cancellation);
        await database.MigrateAsync(cancellation);
    }
}
