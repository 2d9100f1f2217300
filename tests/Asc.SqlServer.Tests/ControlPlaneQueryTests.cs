using Asc.SqlServer.Tests.Checking;
using Asc.SqlServer.Tests.Completeness;
using Asc.SqlServer.Tests.Mirroring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Asc.SqlServer.Tests;

/// <summary>Every query and every change of the control plane, as SQL Server would get it.</summary>
internal sealed class ControlPlaneQueryTests
{
    // What these do the mirror doesn't see.
    private static readonly string[] Unmirrored =
    [
        "ExecuteSql", "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlAsync", "ExecuteSqlInterpolatedAsync", "SqlQuery", "SqlQueryRaw",
        "FromSql", "FromSqlRaw", "FromSqlInterpolated", "Find", "FindAsync", "Load", "LoadAsync", "Reload", "ReloadAsync", "CreateCommand", "GetDbConnection",
    ];

    private SqlServerMirror mirror = null!;

    [OneTimeSetUp]
    public async Task Run()
    {
        await using var plane = await MirroredPlane.StartAsync();
        await new Journey(plane).RunAsync();
        mirror = plane.Mirror;
    }

    [Test]
    public void Every_query_and_change_translates() => Assert.That(mirror.Failures, Is.Empty);

    [Test]
    public void Every_command_is_one_that_a_server_takes()
    {
        using var context = SqlServerMirror.OpenServer();
        using var check = new SchemaCheck(context.Database.GenerateCreateScript());
        foreach (var command in mirror.Commands)
        {
            check.Add(command);
        }

        TestContext.Out.WriteLine($"{mirror.Commands.Count} commands of {mirror.Reached.Count} call sites");
        Assert.That(mirror.Commands, Has.Count.GreaterThan(50));
        Assert.That(check.Problems(), Is.Empty);
    }

    [Test]
    public void No_command_takes_more_parameters_than_a_server() =>
        Assert.That(mirror.Commands.Where(command => command.Parameters.Count > 2000).Select(command => command.Sql), Is.Empty);

    [Test]
    public void Every_place_that_queries_was_reached()
    {
        Type[] operators = [typeof(Queryable), typeof(EntityFrameworkQueryableExtensions), typeof(RelationalQueryableExtensions)];
        var sites = CallSite.Watched.SelectMany(Call.In)
            .Where(call => operators.Contains(call.Callee.DeclaringType))
            .Select(call => new CallSite(Statements.At(call.Caller, call.Offset), call.Callee.Name))
            .ToHashSet();
        Assert.That(sites, Has.Count.GreaterThan(50));
        Assert.Multiple(() =>
        {
            Assert.That(sites.Except(mirror.Reached).Select(site => site.ToString()), Is.Empty, "the journey goes past these: lengthen it");
            Assert.That(mirror.Reached.Except(sites).Select(site => site.ToString()), Is.Empty, "what is reached is what is looked for");
        });
    }

    [Test]
    public void Nothing_queries_past_the_mirror() => Assert.That(
        CallSite.Watched.SelectMany(Call.In)
            .Where(call => Unmirrored.Contains(call.Callee.Name))
            .Where(call => call.Callee.DeclaringType!.Assembly.GetName().Name is "System.Data.Common" or "Microsoft.EntityFrameworkCore" or "Microsoft.EntityFrameworkCore.Relational")
            .Select(call => $"{Statements.At(call.Caller, call.Offset)} {call.Callee.Name}"),
        Is.Empty);

    [Test]
    public void Whatever_can_be_written_was_written()
    {
        using var context = SqlServerMirror.OpenServer();
        var writes = Writes.Of(mirror.Commands);
        var entities = context.GetService<IDesignTimeModel>().Model.GetEntityTypes().ToArray();
        var removed = CallSite.Watched.SelectMany(Call.In)
            .Where(call => call.Callee.DeclaringType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(DbSet<>) && call.Callee.Name.StartsWith("Remove", StringComparison.Ordinal))
            .Select(call => context.Model.FindEntityType(call.Callee.DeclaringType!.GenericTypeArguments[0])!.GetTableName());
        Assert.Multiple(() =>
        {
            // What a migration seeds is there for good.
            Assert.That(entities.Where(entity => !entity.GetSeedData().Any()).Select(entity => entity.GetTableName()), Is.SubsetOf(writes.Inserted), "rows that are added");
            Assert.That(removed, Is.Not.Empty.And.SubsetOf(writes.Deleted), "rows that are removed");
            Assert.That(entities.SelectMany(entity => entity.GetProperties().Where(CanChange).Select(property => $"{entity.GetTableName()}.{property.GetColumnName()}")), Is.SubsetOf(writes.Set), "properties that change");
        });
    }

    private static bool CanChange(IReadOnlyProperty property) =>
        property.PropertyInfo?.SetMethod is { } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
