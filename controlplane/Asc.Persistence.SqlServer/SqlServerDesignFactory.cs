using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Asc.Persistence.SqlServer;

/// <summary>For <c>dotnet ef</c>.</summary>
internal sealed class SqlServerDesignFactory : IDesignTimeDbContextFactory<ControlPlaneContext>
{
    public ControlPlaneContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ControlPlaneContext>().UseControlPlaneSqlServer().Options);
}
