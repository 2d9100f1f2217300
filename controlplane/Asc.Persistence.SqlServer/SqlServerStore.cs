using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Asc.Persistence.SqlServer;

/// <summary>The database for production.</summary>
public static class SqlServerStore
{
    // SQL Server 2022. 170 would turn primitive collections into json columns, which is another model.
    private const int CompatibilityLevel = 160;

    /// <summary>Stores in SQL Server.</summary>
    /// <param name="builder">What to configure.</param>
    /// <param name="connectionString">Null is enough for scripts and model checks.</param>
    public static DbContextOptionsBuilder<ControlPlaneContext> UseControlPlaneSqlServer(
        this DbContextOptionsBuilder<ControlPlaneContext> builder, string? connectionString = null)
    {
        builder.UseSqlServer(connectionString, server => server
            .MigrationsAssembly(typeof(SqlServerStore).Assembly.GetName().Name)
            .UseCompatibilityLevel(CompatibilityLevel)
            .EnableRetryOnFailure(5));
        builder.ReplaceService<IModelCustomizer, SqlServerModelCustomizer>();
        return builder;
    }
}
