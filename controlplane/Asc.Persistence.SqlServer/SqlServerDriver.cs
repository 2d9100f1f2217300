using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Asc.Persistence.SqlServer;

/// <summary>Microsoft.Data.SqlClient.</summary>
public sealed class SqlServerDriver : IDatabaseDriver
{
    // From here on the severity means that the connection is lost or was never made; SqlClient's own network errors have 20.
    private const byte ConnectionFatal = 20;

    // With a lower severity: no answer in time, and what Azure says while it moves a database.
    private static readonly int[] Unreachable = [-2, 40197, 40501, 40613];

    /// <inheritdoc/>
    public bool WritersTakeTurns => false;

    /// <inheritdoc/>
    public bool SaysUnreachable(Exception exception) => exception switch
    {
        SqlException server => server.Class >= ConnectionFatal || Unreachable.Contains(server.Number),
        TimeoutException => true,
        _ => false,
    };

    /// <inheritdoc/>
    public Task MigrateAsync(DatabaseFacade database, CancellationToken cancellation) => database.MigrateAsync(cancellation);
}
