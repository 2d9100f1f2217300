using Microsoft.Data.Sqlite;

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
}
