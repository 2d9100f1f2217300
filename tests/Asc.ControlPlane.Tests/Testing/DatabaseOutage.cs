using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Asc.ControlPlane.Tests.Testing;

/// <summary>Takes the database away: no connection is opened while it lasts.</summary>
internal sealed class DatabaseOutage : DbConnectionInterceptor
{
    private const int CanNotOpen = 14;
    private static readonly Func<bool> Never = () => false;
    private volatile Func<bool> isOn = Never;

    public void Begin() => BeginWhen(() => true);

    /// <summary>Takes it away at the very moment at which <paramref name="condition"/> holds: whoever opens a connection from then on finds none.</summary>
    public void BeginWhen(Func<bool> condition) => isOn = condition;

    public void End() => isOn = Never;

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        isOn() ? throw new SqliteException("the test took the database away", CanNotOpen) : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(ConnectionOpening(connection, eventData, result));
}
