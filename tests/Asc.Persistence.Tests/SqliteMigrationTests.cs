using Microsoft.EntityFrameworkCore;

namespace Asc.Persistence.Tests;

/// <summary>What an embedded database bears of a process that ends while it migrates.</summary>
internal sealed class SqliteMigrationTests
{
    // Entity Framework Core's lock of SQLite, as its process leaves it behind.
    private const string LeftBehind = """
        CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
        INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-01 12:00:00');
        """;

    [Test]
    public async Task A_process_that_died_while_it_migrated_keeps_the_next_one_from_nothing()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite", migrate: false);
        await using (var context = database.Open())
        {
            await context.Database.ExecuteSqlRawAsync(LeftBehind);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await database.Store.MigrateAsync(patience.Token);
        await database.Store.MigrateAsync(patience.Token);
        Assert.That(await database.Store.PendingMigrationsAsync(patience.Token), Is.Empty);
    }

    [Test]
    public async Task Readers_do_not_wait_for_a_writer_even_where_only_the_file_had_been_made()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite", migrate: false);
        await using var context = database.Open();
        await context.Database.OpenConnectionAsync();

        await database.Store.MigrateAsync(CancellationToken.None);

        Assert.That(await context.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync(), Is.EqualTo("wal"));
    }

    [Test]
    public async Task Who_migrates_waits_for_who_does_already()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite", migrate: false);
        await using var context = database.Open();
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource + "-migrating";
        Task migrating;
        await using (new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            migrating = database.Store.MigrateAsync(CancellationToken.None);
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            Assert.That(async () => await database.Store.MigrateAsync(patience.Token), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(migrating.IsCompleted, Is.False);
        }

        await migrating;
        Assert.That(await database.Store.PendingMigrationsAsync(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task A_place_that_can_not_be_claimed_is_told_with_its_name()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite", migrate: false);
        await using var context = database.Open();
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource + "-migrating";
        Directory.CreateDirectory(file);
        Assert.That(async () => await database.Store.MigrateAsync(CancellationToken.None), Throws.InstanceOf<IOException>().With.Message.Contains(file));
        Directory.Delete(file);
    }

    [Test]
    public async Task Many_who_migrate_at_once_do_it_in_turn()
    {
        for (var run = 0; run < 5; run++)
        {
            await using var database = await TestDatabase.CreateAsync("sqlite", migrate: false);
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => database.Store.MigrateAsync(CancellationToken.None))));
            Assert.That(await database.Store.PendingMigrationsAsync(CancellationToken.None), Is.Empty);
        }
    }
}
