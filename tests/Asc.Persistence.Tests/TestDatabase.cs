using Asc.Persistence.Sqlite;
using Asc.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;

namespace Asc.Persistence.Tests;

/// <summary>A migrated database of its own: SQLite in a temporary file, or SQL Server where <c>ASC_TEST_SQLSERVER</c> says where one is.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? file;

    private TestDatabase(DbContextOptions<ControlPlaneContext> options, string? file)
    {
        (Options, this.file) = (options, file);
        Store = new ControlPlaneStore(new ControlPlaneContextFactory(options), file is null ? new SqlServerDriver() : new SqliteDriver());
    }

    public DbContextOptions<ControlPlaneContext> Options { get; }

    public ControlPlaneStore Store { get; }

    public static async Task<TestDatabase> CreateAsync(string provider, bool migrate = true)
    {
        var builder = new DbContextOptionsBuilder<ControlPlaneContext>();
        string? file = null;
        if (provider == "sqlite")
        {
            file = Path.Combine(Path.GetTempPath(), $"asc-store-{Guid.NewGuid():N}.db");
            builder.UseControlPlaneSqlite($"Data Source={file}");
        }
        else
        {
            var server = Environment.GetEnvironmentVariable("ASC_TEST_SQLSERVER");
            if (string.IsNullOrEmpty(server))
            {
                Assert.Ignore("no SQL Server: ASC_TEST_SQLSERVER holds no connection string");
            }

            builder.UseControlPlaneSqlServer($"{server};Database=asc_{Guid.NewGuid():N}");
        }

        var database = new TestDatabase(builder.Options, file);
        if (migrate)
        {
            await database.Store.MigrateAsync(CancellationToken.None);
        }

        return database;
    }

    public ControlPlaneContext Open() => new(Options);

    public async ValueTask DisposeAsync()
    {
        await using (var context = Open())
        {
            await context.Database.EnsureDeletedAsync();
        }

        if (file is not null)
        {
            File.Delete(file);
            File.Delete(file + "-migrating");
        }
    }
}
