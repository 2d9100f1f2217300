using Asc.Persistence.Access;
using Asc.Persistence.Events;
using Asc.Persistence.Keys;
using Asc.Persistence.Policies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Asc.Persistence.Tests;

[TestFixture("sqlite")]
[TestFixture("sqlserver")]
internal sealed class StoreTests(string provider)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Migrations_are_pending_until_they_are_applied()
    {
        await using var database = await TestDatabase.CreateAsync(provider, migrate: false);
        Assert.That(await database.Store.PendingMigrationsAsync(CancellationToken.None), Is.Not.Empty);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => database.Store.MigrateAsync(CancellationToken.None)));
        Assert.That(await database.Store.PendingMigrationsAsync(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task A_counters_order_is_the_order_of_the_commits()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var committed = new List<long>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            await database.Store.WriteAsync(
                async context =>
                {
                    var number = await context.RaiseAsync(CounterNames.Timeline, 1, CancellationToken.None);
                    await Task.Yield();
                    lock (committed)
                    {
                        committed.Add(number);
                    }

                    return number;
                },
                CancellationToken.None);
        })));
        Assert.That(committed, Is.EqualTo(Enumerable.Range(1, 20)), "whoever raises it holds it until the commit");
    }

    [Test]
    public async Task What_fails_leaves_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        Assert.That(
            async () => await database.Store.WriteAsync<int>(
                async context =>
                {
                    await context.RaiseAsync(CounterNames.Access, 5, CancellationToken.None);
                    context.TenantIdentities.Add(new() { Path = "acme", Id = "t_1", CreatedAt = Noon });
                    await context.SaveChangesAsync();
                    throw new InvalidOperationException("no");
                },
                CancellationToken.None),
            Throws.InvalidOperationException);
        await using var check = database.Open();
        Assert.That(await check.TenantIdentities.AnyAsync(), Is.False);
        Assert.That(await check.Counters.SumAsync(counter => counter.Value), Is.EqualTo(1), "only the epoch");
    }

    [Test]
    public async Task A_concurrent_change_of_the_same_row_is_noticed()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var first = database.Open();
        await using var second = database.Open();
        var (mine, theirs) = (await first.Drafts.SingleAsync(), await second.Drafts.SingleAsync());
        mine.ChangedAt = Noon;
        await first.SaveChangesAsync();
        Assert.That(mine.Revision, Is.EqualTo(1));
        theirs.ChangedAt = Noon.AddHours(1);
        Assert.That(async () => await second.SaveChangesAsync(), Throws.InstanceOf<DbUpdateConcurrencyException>());
        mine.ChangedAt = Noon.AddHours(2);
        await first.SaveChangesAsync();
        Assert.That(mine.Revision, Is.EqualTo(2), "and one's own second change is none");
    }

    [Test]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1309", Justification = "The database compares, and ordinally.")]
    public async Task Names_that_differ_in_case_are_different_rows()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var context = database.Open();
        context.TenantIdentities.AddRange(new TenantIdentity { Path = "acme", Id = "t_1", CreatedAt = Noon }, new TenantIdentity { Path = "ACME", Id = "t_2", CreatedAt = Noon });
        await context.SaveChangesAsync();
        Assert.That(await context.TenantIdentities.Where(tenant => tenant.Path == "acme").Select(tenant => tenant.Id).SingleAsync(), Is.EqualTo("t_1"));
        Assert.That(await context.TenantIdentities.CountAsync(tenant => string.Compare(tenant.Path, "acm") >= 0 && string.Compare(tenant.Path, "acn") < 0), Is.EqualTo(1));
    }

    [Test]
    public async Task Instants_are_ordered_and_compared()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var context = database.Open();
        context.AdminTokens.AddRange(Enumerable.Range(0, 5).Select(n => new AdminToken { Id = $"a_{n}", Name = "n", Sha256 = new byte[32], CreatedAt = Noon.AddMilliseconds(5 - n), CreatedBy = "test" }));
        await context.SaveChangesAsync();
        Assert.That(await context.AdminTokens.Where(token => token.CreatedAt > Noon.AddMilliseconds(2)).OrderBy(token => token.CreatedAt).Select(token => token.Id).ToListAsync(), Is.EqualTo(new[] { "a_2", "a_1", "a_0" }));
        Assert.That(await context.AdminTokens.MaxAsync(token => token.CreatedAt), Is.EqualTo(Noon.AddMilliseconds(5)));
    }

    [Test]
    public async Task Content_is_found_by_many_digests_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var context = database.Open();
        var digests = Enumerable.Range(0, 1000).Select(n => System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(n))).ToArray();
        context.Contents.AddRange(digests.Select(digest => new StoredContent { Sha256 = digest, Bytes = digest }));
        await context.SaveChangesAsync();
        Assert.That(await context.Contents.AsNoTracking().CountAsync(content => digests.Contains(content.Sha256)), Is.EqualTo(1000));
    }

    [Test]
    public async Task A_record_is_stored_once_per_node_boot_and_sequence()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var context = database.Open();
        context.RequestRecords.Add(Record(1, 1));
        await context.SaveChangesAsync();
        await using var again = database.Open();
        again.RequestRecords.Add(Record(2, 1));
        Assert.That(async () => await again.SaveChangesAsync(), Throws.InstanceOf<DbUpdateException>());
    }

    [Test]
    public async Task A_wrong_column_or_a_broken_constraint_is_not_an_outage()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var column = await FailureOfAsync(database, context => context.Database.ExecuteSqlRawAsync("UPDATE Counters SET Nothing = 1"));
        var constraint = await FailureOfAsync(database, async context =>
        {
            context.Drafts.Add(new() { Id = (await context.Drafts.AsNoTracking().SingleAsync()).Id, ChangedAt = Noon });
            return await context.SaveChangesAsync();
        });
        Assert.That(constraint, Is.InstanceOf<DbUpdateException>());
        Assert.That((database.Store.IsUnreachable(column), database.Store.IsUnreachable(constraint)), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_keys_models_keep_their_order()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var context = database.Open();
        context.ApiKeys.Add(new ApiKey
        {
            Id = "k_1", TenantPath = "acme", TenantId = "t_1", Name = "demo", SecretSha256 = new byte[32], CreatedAt = Noon, CreatedBy = "test", Models = ["b*", "a"], Owner = "",
        });
        await context.SaveChangesAsync();
        await using var check = database.Open();
        Assert.That((await check.ApiKeys.SingleAsync()).Models, Is.EqualTo(new[] { "b*", "a" }));
    }

    [Test]
    public async Task A_key_from_before_attribution_is_bound_to_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(provider, migrate: false);
        await using (var context = database.Open())
        {
            var migrator = context.GetService<IMigrator>();
            await migrator.MigrateAsync("KeyReplacements");
            await context.Database.ExecuteSqlRawAsync(
                "INSERT INTO ApiKeys (Id, TenantPath, TenantId, Name, SecretSha256, CreatedAt, CreatedBy, Models, Owner, ReplacedBy, Revision) VALUES ('k_1', 'acme', 't_1', 'demo', {0}, {1}, 'test', '[]', '', '', 0)",
                new byte[32], provider == "sqlite" ? Noon.UtcTicks : Noon);
        }

        await database.Store.MigrateAsync(CancellationToken.None);
        await using var check = database.Open();
        var key = await check.ApiKeys.SingleAsync();
        Assert.That((key.Tags, key.Workloads, key.DataClasses), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>(), Array.Empty<string>())));
    }

    private static async Task<Exception> FailureOfAsync(TestDatabase database, Func<ControlPlaneContext, Task<int>> write)
    {
        try
        {
            await database.Store.WriteAsync(write, CancellationToken.None);
        }
        catch (Exception exception)
        {
            return exception;
        }

        throw new AssertionException("it should have failed");
    }

    private static RequestRecord Record(long position, long sequence) => new()
    {
        Position = position, Node = "node-1", Epoch = 1, Sequence = sequence, RecordId = "r", At = Noon, Tenant = "", KeyId = "", RequestedModel = "",
        ServedModel = "", Provider = "", Outcome = "ok", Code = "", PolicyVersion = 1, Record = [],
    };
}
