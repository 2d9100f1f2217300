using Asc.ControlPlane.Distribution;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Tests.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using DatabaseOutage = Asc.ControlPlane.Distribution.DatabaseOutage;

namespace Asc.ControlPlane.Tests.Distribution;

/// <summary>When memory answers for the database.</summary>
internal sealed class DatabaseOutageTests
{
    private const long Seen = 7;
    private const int SqlError = 1;
    private const int CanNotOpen = 14;
    private const int Constraint = 19;
    private TestPlane plane = null!;

    [OneTimeSetUp]
    public async Task StartPlane() => plane = await TestPlane.StartAsync();

    [OneTimeTearDown]
    public async Task StopPlane() => await plane.DisposeAsync();

    [TestCase(Seen)]
    [TestCase(Seen + 1)]
    public async Task What_shows_the_change_that_was_seen_is_an_answer(long through) =>
        Assert.That(await AskAsync(through), Is.EqualTo("remembered"));

    [Test]
    public async Task What_is_older_is_none_though_the_database_failed_but_once()
    {
        var refusal = await Assert.ThrowsAsync<AdminException>(() => AskAsync(Seen - 1));
        Assert.That((refusal!.Code, refusal.Message.Contains("the newest state of it", StringComparison.Ordinal)), Is.EqualTo((AdminCodes.Unavailable, true)));
    }

    [Test]
    public async Task A_failure_that_came_while_saving_is_the_same_failure() =>
        Assert.That(await AskAsync(Seen, new DbUpdateException("while saving", Failure(CanNotOpen))), Is.EqualTo("remembered"));

    [Test]
    public async Task What_is_asked_wrongly_is_not_answered_from_memory()
    {
        var wrongColumn = Failure(SqlError);
        Assert.That(await Assert.ThrowsAsync<SqliteException>(() => AskAsync(Seen, wrongColumn)), Is.SameAs(wrongColumn));
        var constraint = new DbUpdateException("while saving", Failure(Constraint));
        Assert.That(await Assert.ThrowsAsync<DbUpdateException>(() => AskAsync(Seen, constraint)), Is.SameAs(constraint));
    }

    private static SqliteException Failure(int code) => new("the test fails a query", code);

    private Task<string> AskAsync(long through, Exception? failure = null) => plane.Services.GetRequiredService<DatabaseOutage>().BridgeAsync(
        Seen, "it", Task<string> () => throw failure ?? Failure(CanNotOpen), () => new("remembered", through));
}
