using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Asc.Persistence.Sqlite;

/// <summary>
/// Lets SQLite itself wait for another writer. Without it Microsoft.Data.Sqlite tries again each 150 ms, which is long beside commits of a few milliseconds.
/// </summary>
internal sealed class BusyTimeoutInterceptor : DbConnectionInterceptor
{
    private const string Pragma = "PRAGMA busy_timeout = 10000";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
