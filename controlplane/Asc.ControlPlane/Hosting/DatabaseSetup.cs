using Asc.Persistence;
using Asc.Persistence.Sqlite;
using Asc.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Hosting;

/// <summary>The one place where a database is chosen.</summary>
internal static class DatabaseSetup
{
    public static ControlPlaneStore OpenStore(ControlPlaneOptions options)
    {
        OptionsCheck.Require(options);
        var builder = new DbContextOptionsBuilder<ControlPlaneContext>();
        (builder, IDatabaseDriver driver) = options.Database == "sqlserver"
            ? (builder.UseControlPlaneSqlServer(options.ConnectionString), (IDatabaseDriver)new SqlServerDriver())
            : (builder.UseControlPlaneSqlite(options.ConnectionString), new SqliteDriver());
        return new ControlPlaneStore(new ControlPlaneContextFactory(builder.Options), driver);
    }

    /// <exception cref="ControlPlaneConfigurationException">The database lacks migrations: applying them is a command, and never happens unasked.</exception>
    public static async Task RequireMigratedAsync(ControlPlaneStore store, CancellationToken cancellation)
    {
        if (await store.PendingMigrationsAsync(cancellation) is { Count: > 0 } pending)
        {
            throw new ControlPlaneConfigurationException($"the database lacks {pending.Count} migrations ({string.Join(", ", pending)}): run \"Asc.ControlPlane migrate\" first");
        }
    }
}
