using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Asc.ControlPlane.Tests.Testing;

/// <summary>Takes the database away in the middle of a transaction: at the first row that goes into a table.</summary>
internal sealed class FailingInserts(string table) : DbCommandInterceptor
{
    private const int InputOutput = 10;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        command.CommandText.Contains($"INSERT INTO \"{table}\"", StringComparison.Ordinal)
            ? throw new SqliteException("the test took the database away", InputOutput)
            : new(result);
}
