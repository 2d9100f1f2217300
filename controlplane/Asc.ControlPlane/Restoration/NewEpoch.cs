using System.Text.Json;
using Asc.Persistence;
using Asc.Persistence.Events;
using Asc.Persistence.Policies;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Restoration;

/// <summary>
/// What the host's operator says of a database that was restored, or is a new one: what it holds is what counts. Under the epoch that begins, nodes accept
/// versions whatever their numbers, and the access state replaces theirs. Needs no signing key: the control plane signs when it serves.
/// </summary>
internal static class NewEpoch
{
    /// <returns>The epoch, and the version that nodes go to; null: nothing is published here.</returns>
    public static Task<(long Epoch, long? Version)> BeginAsync(ControlPlaneStore store, TimeProvider time, string operatorName, string why, CancellationToken cancellation)
    {
        if (why.Length is 0 or > ColumnLengths.Message)
        {
            throw new ControlPlaneConfigurationException($"restored needs -m WHY, of at most {ColumnLengths.Message} characters: it is what the record will say");
        }

        var actor = $"host operator {operatorName}";
        actor = actor[..Math.Min(actor.Length, ColumnLengths.Name)];
        var now = time.GetUtcNow();
        var recordId = Guid.CreateVersion7(now).ToString();
        (long Epoch, long? Version) begun = default;
        return store.WriteAsync(
            async database =>
            {
                // The answer to an earlier attempt's commit may have been lost.
                if (begun.Epoch > 0 && await database.AdminRecords.AnyAsync(record => record.Id == recordId, cancellation))
                {
                    return begun;
                }

                // Publishers and whoever changes keys wait from here on; those who watch versions look again.
                await database.RaiseAsync(CounterNames.Policy, 1, cancellation);
                await database.RaiseAsync(CounterNames.Access, 0, cancellation);
                var position = await database.RaiseAsync(CounterNames.Timeline, 1, cancellation);
                var before = await database.RaiseAsync(CounterNames.Epoch, 0, cancellation);
                var epoch = await NextAsync(database, before, now, cancellation);
                await database.RaiseAsync(CounterNames.Epoch, epoch - before, cancellation);
                var newest = await database.PolicyVersions.AsNoTracking().OrderByDescending(version => version.Version).FirstOrDefaultAsync(cancellation);
                if (newest is not null)
                {
                    database.PolicyVersions.Add(Again(newest, epoch, actor, why, now));
                }

                begun = (epoch, newest?.Version + 1);
                database.AdminRecords.Add(new AdminRecord
                {
                    Position = position,
                    Id = recordId,
                    At = now,
                    Type = "admin",
                    Actor = actor,
                    Action = "database.restored",
                    Subject = $"epoch {epoch}",
                    Reason = why,
                    Before = JsonSerializer.Serialize(new { epoch = before, version = newest?.Version }),
                    After = JsonSerializer.Serialize(new { epoch, version = begun.Version }),
                    PolicyVersion = begun.Version ?? 0,
                });
                return begun;
            },
            cancellation);
    }

    // The backup may be older than an earlier restoration, whose epoch it doesn't know. The clock has gone on in any case, and nodes that were
    // heard since have told theirs.
    private static async Task<long> NextAsync(ControlPlaneContext database, long before, DateTimeOffset now, CancellationToken cancellation)
    {
        var seen = await database.Nodes.MaxAsync(node => (long?)(node.AccessEpoch > node.EnforcedEpoch ? node.AccessEpoch : node.EnforcedEpoch), cancellation) ?? 0;
        return Math.Max(Math.Max(before, seen) + 1, now.ToUnixTimeSeconds());
    }

    // As a rollback does: a version is immutable, so what is to be enforced again is a new one with the same content. Each region's manifest is made
    // when it is first asked for.
    private static PolicyVersion Again(PolicyVersion newest, long epoch, string actor, string why, DateTimeOffset now) => new()
    {
        Version = newest.Version + 1,
        Parent = newest.Version,
        Epoch = epoch,
        Author = actor,
        Message = why,
        PublishedAt = now,
        Digest = newest.Digest,
        RollbackOf = null,
        Resources = newest.Resources,
        Sources = newest.Sources,
    };
}
