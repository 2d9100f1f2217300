using Asc.Persistence.Sqlite;
using Asc.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Asc.Persistence.Tests;

internal sealed class ModelTests
{
    private static ControlPlaneContext Open(string provider)
    {
        var builder = new DbContextOptionsBuilder<ControlPlaneContext>();
        return new((provider == "sqlite" ? builder.UseControlPlaneSqlite() : builder.UseControlPlaneSqlServer()).Options);
    }

    [TestCase("sqlite")]
    [TestCase("sqlserver")]
    public void The_migrations_give_the_model(string provider)
    {
        using var context = Open(provider);
        Assert.That(context.Database.HasPendingModelChanges(), Is.False);
    }

    [Test]
    public void Both_databases_have_the_same_migrations()
    {
        using var sqlite = Open("sqlite");
        using var server = Open("sqlserver");
        Assert.That(Names(sqlite), Is.EqualTo(Names(server)));
    }

    [Test]
    public void Names_paths_and_ids_are_compared_ordinally_in_sql_server()
    {
        using var context = Open("sqlserver");
        var model = context.GetService<IDesignTimeModel>().Model;
        var texts = model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is not null).ToArray();
        Assert.That(texts, Is.Not.Empty);
        Assert.That(texts.Select(property => property.GetCollation()).Distinct(), Is.EqualTo(new[] { "Latin1_General_100_BIN2" }));
        var keys = model.GetEntityTypes().SelectMany(type => type.GetKeys().SelectMany(key => key.Properties).Concat(type.GetIndexes().SelectMany(index => index.Properties)));
        Assert.That(keys.Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is null), Is.Empty, "a key column has a length");
    }

    [Test]
    public void No_migration_needs_a_newer_server_than_2022()
    {
        using var context = Open("sqlserver");
        var script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        Assert.That(script, Does.Contain("CREATE TABLE [Counters]").And.Not.Contain("] json"));
    }

    private static IEnumerable<string> Names(ControlPlaneContext context) => context.Database.GetMigrations().Select(id => id[(id.IndexOf('_') + 1)..]);
}
