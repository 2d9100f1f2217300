using Asc.Persistence.Sqlite;
using Asc.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Asc.Persistence.Tests;

/// <summary>Which failures mean that the database can't be reached.</summary>
internal sealed class UnreachableTests
{
    private static readonly ControlPlaneStore Sqlite = StoreWith(new SqliteDriver());
    private static readonly ControlPlaneStore SqlServer = StoreWith(new SqlServerDriver());

    [TestCase(5, true, TestName = "busy")]
    [TestCase(6, true, TestName = "locked")]
    [TestCase(10, true, TestName = "disk I/O error")]
    [TestCase(14, true, TestName = "unable to open")]
    [TestCase(1, false, TestName = "wrong SQL")]
    [TestCase(8, false, TestName = "read-only")]
    [TestCase(19, false, TestName = "constraint")]
    public void SQLite_says_it_by_its_code(int code, bool expected)
    {
        var failure = new SqliteException("failed", code);
        Assert.That(Sqlite.IsUnreachable(failure), Is.EqualTo(expected));
        Assert.That(Sqlite.IsUnreachable(new DbUpdateException("while saving", failure)), Is.EqualTo(expected), "wrapped");
    }

    [Test]
    public async Task A_SQLite_file_that_can_t_be_opened_is_not_reached()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Path.GetTempPath(), $"asc-{Guid.NewGuid():N}", "none.db")}");
        Assert.That(Sqlite.IsUnreachable(await FailureOfAsync(connection.OpenAsync)), Is.True);
    }

    [Test]
    public async Task SQL_Server_is_not_reached_where_nobody_listens()
    {
        await using var connection = new SqlConnection("Server=tcp:127.0.0.1,1;Connect Timeout=1;ConnectRetryCount=0;Pooling=false;User Id=a;Password=b");
        var failure = await FailureOfAsync(connection.OpenAsync);
        Assert.That(failure, Is.InstanceOf<SqlException>());
        Assert.That(SqlServer.IsUnreachable(failure), Is.True);
        Assert.That(SqlServer.IsUnreachable(new DbUpdateException("while saving", failure)), Is.True, "wrapped");
    }

    [Test]
    public void To_have_tried_as_often_as_one_may_is_the_same_on_both()
    {
        var failure = new RetryLimitExceededException("five times", new InvalidOperationException());
        Assert.That((Sqlite.IsUnreachable(failure), SqlServer.IsUnreachable(failure)), Is.EqualTo((true, true)));
    }

    [Test]
    public void Another_s_failure_is_none_of_the_database_s()
    {
        var failure = new InvalidOperationException("wrong", new IOException("a file"));
        Assert.That((Sqlite.IsUnreachable(failure), SqlServer.IsUnreachable(failure)), Is.EqualTo((false, false)));
    }

    private static ControlPlaneStore StoreWith(IDatabaseDriver driver) =>
        new(new ControlPlaneContextFactory(new DbContextOptionsBuilder<ControlPlaneContext>().Options), driver);

    private static async Task<Exception> FailureOfAsync(Func<Task> open)
    {
        try
        {
            await open();
        }
        catch (Exception exception)
        {
            return exception;
        }

        throw new AssertionException("it should have failed");
    }
}
