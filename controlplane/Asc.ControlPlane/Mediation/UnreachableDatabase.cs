using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Storage;

namespace Asc.ControlPlane.Mediation;

/// <summary>Whether a failure says that the database is not there, rather than that it was asked something wrong.</summary>
internal static class UnreachableDatabase
{
    // Primary result codes, https://sqlite.org/rescode.html: busy, locked, disk I/O error, unable to open.
    private static readonly int[] SqliteCodes = [5, 6, 10, 14];

    // From here on the severity means that the connection is lost or was never made; SqlClient's own network errors have 20.
    private const byte ConnectionFatal = 20;

    public static bool IsMeantBy(Exception exception) => exception switch
    {
        RetryLimitExceededException or TimeoutException => true,
        SqliteException sqlite => SqliteCodes.Contains(sqlite.SqliteErrorCode),
        SqlException server => server.Class >= ConnectionFatal || server.IsTransient,
        DbException other => other.IsTransient,
        _ => false,
    };
}
