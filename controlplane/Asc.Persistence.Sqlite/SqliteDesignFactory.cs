using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Asc.Persistence.Sqlite;

/// <summary>For <c>dotnet ef</c>.</summary>
internal sealed class SqliteDesignFactory : IDesignTimeDbContextFactory<ControlPlaneContext>
{
    public ControlPlaneContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ControlPlaneContext>().UseControlPlaneSqlite().Options);
}
