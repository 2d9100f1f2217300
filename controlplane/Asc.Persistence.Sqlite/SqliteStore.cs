using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Asc.Persistence.Sqlite;

/// <summary>The embedded database.</summary>
public static class SqliteStore
{
    /// <summary>Stores in SQLite.</summary>
    /// <param name="builder">What to configure.</param>
    /// <param name="connectionString">E.g. "Data Source=/var/lib/asc/control.db"; null is enough for scripts and model checks.</param>
    public static DbContextOptionsBuilder<ControlPlaneContext> UseControlPlaneSqlite(
        this DbContextOptionsBuilder<ControlPlaneContext> builder, string? connectionString = null)
    {
        builder.UseSqlite(connectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteStore).Assembly.GetName().Name));
        builder.ReplaceService<IModelCustomizer, SqliteModelCustomizer>();
        builder.AddInterceptors(new BusyTimeoutInterceptor());
        return builder;
    }
}
