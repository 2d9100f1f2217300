using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Asc.ControlPlane.Tests.Testing;

/// <summary>Takes the database away: no connection is opened while it lasts.</summary>
internal sealed class DatabaseOutage : DbConnectionInterceptor
{
    private const int CanNotOpen = 14;
    private volatile bool isOn;

    public void Begin() => isOn = true;

    public void End() => isOn = false;

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        isOn ? throw new SqliteException("the test took the database away", CanNotOpen) : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(ConnectionOpening(connection, eventData, result));
}
