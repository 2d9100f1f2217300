using Asc.ControlPlane.Distribution;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Tests.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using DatabaseOutage = Asc.ControlPlane.Distribution.DatabaseOutage;

namespace Asc.ControlPlane.Tests.Distribution;

/// <summary>When memory answers for the database.</summary>
internal sealed class DatabaseOutageTests
{
    private const long Seen = 7;
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

    private Task<string> AskAsync(long through) => plane.Services.GetRequiredService<DatabaseOutage>().BridgeAsync(
        Seen, "it", Task<string> () => throw new SqliteException("the test fails a query", 1), () => new("remembered", through));
}
