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
        builder = options.Database == "sqlserver"
            ? builder.UseControlPlaneSqlServer(options.ConnectionString)
            : builder.UseControlPlaneSqlite(options.ConnectionString);
        return new ControlPlaneStore(new ControlPlaneContextFactory(builder.Options), writersTakeTurns: options.Database == "sqlite");
    }
}
