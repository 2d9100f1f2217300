using System.Data;
using Asc.SqlServer.Tests.Capturing;
using Asc.SqlServer.Tests.Checking;
using Asc.SqlServer.Tests.Mirroring;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Asc.SqlServer.Tests;

/// <summary>The check bites: what is wrong is found, and what is right is not.</summary>
internal sealed class CheckTests
{
    private const string Schema = """
        CREATE TABLE [Things] ([Id] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL, [Count] bigint NOT NULL, [At] datetimeoffset NOT NULL, [Bytes] varbinary(32) NULL, CONSTRAINT [PK_Things] PRIMARY KEY ([Id]));
        """;

    [TestCase("SELECT [t].[Id] FROM [Things] AS [t] WHERE [t].[Count] > @number AND [t].[At] <= @at")]
    [TestCase("INSERT INTO [Things] ([Id], [Count], [At]) VALUES (@text, @number, @at)")]
    [TestCase("UPDATE [t] SET [t].[Count] = [t].[Count] + @number, [t].[Bytes] = NULL FROM [Things] AS [t] WHERE [t].[Id] = @text")]
    [TestCase("DELETE FROM [Things] WHERE [Id] IN (@text, N'b')")]
    public void What_is_right_passes(string sql) => Assert.That(ProblemsOf(sql), Is.Empty);

    [TestCase("SELECT [t].[Nam] FROM [Things] AS [t]", TestName = "An unknown column is found")]
    [TestCase("SELECT [t].[Id] FROM [Thing] AS [t]", TestName = "An unknown table is found")]
    [TestCase("SELECT [x].[Id] FROM [Things] AS [t]", TestName = "An unknown alias is found")]
    [TestCase("SELECT [t].[Id] FROM [Things] AS [t] WHERE [t].[Nam] = @text", TestName = "An unknown column in a condition is found")]
    [TestCase("UPDATE [Things] SET [Cout] = @number WHERE [Id] = @text", TestName = "An unknown column that is set is found")]
    [TestCase("INSERT INTO [Things] ([Id], [Cout], [Count], [At]) VALUES (@text, 1, 2, @at)", TestName = "An unknown column that is inserted is found")]
    [TestCase("SELECT [t].[Id] FROM [Things] AS [t] WHERE [t].[At] > 5", TestName = "An instant that is compared with a number is found")]
    [TestCase("SELECT [t].[Id] FROM [Things] AS [t] WHERE [t].[Bytes] = @text", TestName = "Bytes that are compared with a text are found")]
    [TestCase("UPDATE [t] SET [t].[Count] = @at FROM [Things] AS [t]", TestName = "A number that is set to an instant is found")]
    [TestCase("UPDATE [t] SET [t].[Count] = NULL FROM [Things] AS [t]", TestName = "A mandatory column that is set to nothing is found")]
    [TestCase("INSERT INTO [Things] ([Id], [Count]) VALUES (@text, @number)", TestName = "A mandatory column that is not given is found")]
    [TestCase("INSERT INTO [Things] ([Id], [Count], [At]) VALUES (@text, @number)", TestName = "A missing value is found")]
    [TestCase("SELECT randomblob(8) FROM [Things]", TestName = "Another database's function is found")]
    [TestCase("SELECT [t].[Id] FROM [Things] AS [t] LIMIT 5", TestName = "Another database's syntax is found")]
    [TestCase("SELECT @unknown FROM [Things]", TestName = "An undeclared parameter is found")]
    [TestCase("MERGE [Things] USING (VALUES (@text)) AS i ([Id]) ON 1=0 WHEN NOT MATCHED THEN INSERT ([Id]) VALUES (i.[Id]);", TestName = "A merge is not taken for checked")]
    public void What_is_wrong_is_found(string sql) => Assert.That(ProblemsOf(sql), Is.Not.Empty);

    [TestCase("CREATE TABLE [T] ([Id] nvarchar(max) NOT NULL, CONSTRAINT [PK_T] PRIMARY KEY ([Id]));", TestName = "A key without a length is found")]
    [TestCase("CREATE TABLE [T] ([Id] nvarchar(500) NOT NULL, CONSTRAINT [PK_T] PRIMARY KEY ([Id]));", TestName = "A key that is too long is found")]
    [TestCase("CREATE TABLE [T] ([Id] int NOT NULL, [Data] json NULL, CONSTRAINT [PK_T] PRIMARY KEY ([Id]));", TestName = "A type that only a later server has is found")]
    [TestCase("CREATE TABLE [T] ([Id] int NOT NULL, CONSTRAINT [FK_T] FOREIGN KEY ([Id]) REFERENCES [U] ([Id]));", TestName = "A reference to nothing is found")]
    [TestCase("CREATE TABLE [T] ([Id] int NOT NULL); CREATE INDEX [IX_T] ON [T] ([Name]);", TestName = "An index of nothing is found")]
    public void A_schema_that_is_wrong_is_found(string script)
    {
        using var check = new SchemaCheck(script);
        Assert.That(check.Problems(), Is.Not.Empty);
    }

    [Test]
    public async Task A_query_that_does_not_translate_is_found()
    {
        var mirror = new SqlServerMirror();
        await using var context = MirroredPlane.OpenEmbedded(mirror);
        await context.Database.OpenConnectionAsync();
        await context.Database.MigrateAsync();
        Assert.That(await context.Nodes.Where(node => node.Name == "a").CountAsync(), Is.Zero);
        Assert.That((mirror.Commands.Count, mirror.Failures), Is.EqualTo((1, Array.Empty<string>())));
        // SQLite's own: SQL Server's provider knows nothing of it.
        await context.Nodes.Where(node => EF.Functions.Glob(node.Name, "a*")).CountAsync();
        Assert.That(mirror.Failures, Has.Count.EqualTo(1));
    }

    private static IReadOnlyList<string> ProblemsOf(string sql)
    {
        using var check = new SchemaCheck(Schema);
        check.Add(new SentCommand(sql,
        [
            new("@text", SqlDbType.NVarChar, 64), new("@number", SqlDbType.BigInt), new("@at", SqlDbType.DateTimeOffset),
        ]));
        return check.Problems();
    }
}
