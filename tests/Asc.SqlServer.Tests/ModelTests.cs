using Asc.SqlServer.Tests.Checking;
using Asc.SqlServer.Tests.Mirroring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Asc.SqlServer.Tests;

/// <summary>The schema, and the scripts that make it. That the migrations give the model is asked in Asc.Persistence.Tests, of both databases.</summary>
internal sealed class ModelTests
{
    [Test]
    public void The_schema_is_one_that_a_server_takes()
    {
        using var context = SqlServerMirror.OpenServer();
        using var check = new SchemaCheck(context.Database.GenerateCreateScript());
        Assert.That(check.Problems(), Is.Empty);
        Assert.That(check.Others, Has.All.Matches("^(INSERT|SET|IF)"), "seeded rows and nothing that was overlooked");
    }

    [Test]
    public void Every_migration_parses_up_and_down_and_leads_to_a_schema_that_a_server_takes()
    {
        using var context = SqlServerMirror.OpenServer();
        var migrations = context.GetService<IMigrationsAssembly>();
        var migrator = context.GetService<IMigrator>();
        var previous = Migration.InitialDatabase;
        foreach (var (id, type) in migrations.Migrations)
        {
            TSql.Parse(migrator.GenerateScript(previous, id));
            TSql.Parse(migrator.GenerateScript(id, previous));
            var target = migrations.CreateMigration(type, context.Database.ProviderName!).TargetModel;
            using var check = new SchemaCheck(ScriptOf(context, target));
            Assert.That(check.Problems(), Is.Empty, id);
            previous = id;
        }

        Assert.That(previous, Is.Not.EqualTo(Migration.InitialDatabase));
    }

    [Test]
    public void The_idempotent_script_that_operators_get_parses()
    {
        using var context = SqlServerMirror.OpenServer();
        var script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        Assert.That(TSql.Parse(script).Batches, Is.Not.Empty);
    }

    [Test]
    public void Both_providers_migrations_give_the_model()
    {
        using var server = SqlServerMirror.OpenServer();
        Assert.That(server.Database.HasPendingModelChanges(), Is.False);
        using var embedded = MirroredPlane.OpenEmbedded();
        Assert.That(embedded.Database.HasPendingModelChanges(), Is.False);
    }

    private static string ScriptOf(DbContext context, IModel target)
    {
        var model = context.GetService<IModelRuntimeInitializer>().Initialize(target is IMutableModel open ? open.FinalizeModel() : target, designTime: true, validationLogger: null);
        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel());
        return string.Join("\n", context.GetService<IMigrationsSqlGenerator>().Generate(operations, model).Select(command => command.CommandText));
    }
}
