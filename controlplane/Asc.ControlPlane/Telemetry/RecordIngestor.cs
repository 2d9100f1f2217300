using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Distribution;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Asc.Persistence.Events;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Telemetry;

/// <summary>Takes batches of records in, each in one transaction: idempotent by node, epoch and sequence, and never past a gap.</summary>
internal sealed class RecordIngestor(
    ControlPlaneStore store, PolicyLibrary library, CommitWatch commits, KeyUse keyUse, IngestionMeters meters, TimeProvider time, ILogger<RecordIngestor> logger)
{
    private const int MaximumRecords = 5000;
    private const int MaximumMismatches = 64;

    /// <summary>Returns the sequence up to which everything is stored.</summary>
    public async Task<ulong> IngestAsync(NodeCaller caller, RecordBatch batch, CancellationToken cancellation)
    {
        if (batch.Records.Count > MaximumRecords)
        {
            throw new AdminException(AdminCodes.InvalidArgument, $"A batch has at most {MaximumRecords} records.");
        }

        var judge = await JudgeOfAsync(caller, batch, cancellation);
        var judged = batch.Records.OrderBy(record => record.Sequence).Select(record => (Record: record, Judgement: judge.Judge(record))).ToArray();
        var (through, stored, gap, lost) = await store.WriteAsync(database => StoreAsync(database, batch, judged, cancellation), cancellation);
        if (gap is { } missing)
        {
            meters.Gaps.Add(1);
            logger.Gap(batch.Node, batch.Epoch, missing);
        }

        if (lost is var (after, last))
        {
            meters.Gaps.Add(1);
            logger.LostWithTheDatabase(batch.Node, batch.Epoch, after, last);
        }

        foreach (var (record, judgement) in stored.Where(row => row.Judgement.Refusal is not null))
        {
            meters.Refused.Add(1);
            logger.RecordRefused(batch.Node, batch.Epoch, record.Sequence, judgement.Refusal!);
        }

        meters.Stored.Add(stored.Count);
        commits.Wake();
        await keyUse.NoteAsync(stored.Where(row => row.Judgement is { Refusal: null, Tenant.Length: > 0 }).Select(row => row.Record), cancellation);
        return through;
    }

    private async Task<RecordJudge> JudgeOfAsync(NodeCaller caller, RecordBatch batch, CancellationToken cancellation)
    {
        var newest = await library.NewestAsync(cancellation);
        var policies = new Dictionary<ulong, PublishedPolicy?>();
        foreach (var version in batch.Records.Select(record => record.PolicyVersion).Distinct())
        {
            policies[version] = version is 0 or > long.MaxValue ? newest : await library.FindAsync((long)version, cancellation) ?? newest;
        }

        var keys = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var ids in batch.Records.Select(record => record.KeyId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Chunk(1000))
        {
            foreach (var key in await store.ReadAsync(
                database => database.ApiKeys.Where(key => ids.Contains(key.Id)).Select(key => new { key.Id, key.TenantPath, key.TenantId }).ToListAsync(cancellation), cancellation))
            {
                keys[key.Id] = (key.TenantPath, key.TenantId);
            }
        }

        return new RecordJudge(caller.Region, version => policies[version], keys);
    }

    private async Task<(ulong Through, IReadOnlyList<(ExecutionRecord Record, Judgement Judgement)> Stored, ulong? Gap, (ulong After, ulong Through)? Lost)> StoreAsync(
        ControlPlaneContext database, RecordBatch batch, (ExecutionRecord Record, Judgement Judgement)[] judged, CancellationToken cancellation)
    {
        // Raised first: whoever stores records takes turns from here on, two streams of one node too.
        var places = judged.Sum(row => 1 + Mismatches(row.Record, row.Judgement).Count());
        var position = await database.RaiseAsync(CounterNames.Timeline, places, cancellation) - places;
        var cursor = await database.NodeCursors.SingleOrDefaultAsync(row => row.Node == batch.Node && row.Epoch == (long)batch.Epoch, cancellation);
        if (cursor is null)
        {
            cursor = new NodeCursor { Node = batch.Node, Epoch = (long)batch.Epoch, LastSequence = 0 };
            database.NodeCursors.Add(cursor);
        }

        var stored = new List<(ExecutionRecord, Judgement)>(judged.Length);
        ulong? gap = null;
        var lost = SkipLost(cursor, batch.ReleasedThrough);
        database.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var (record, judgement) in judged.Where(row => row.Record.Sequence > (ulong)cursor.LastSequence))
        {
            if (record.Sequence != (ulong)cursor.LastSequence + 1)
            {
                gap = (ulong)cursor.LastSequence + 1;
                break;
            }

            database.Add(RecordRows.Row(batch, record, judgement, ++position, time.GetUtcNow()));
            database.AddRange(Mismatches(record, judgement).Select(mismatch => RecordRows.Mismatch(batch, record, mismatch, judgement.Tenant, ++position, time.GetUtcNow())));
            stored.Add((record, judgement));
            cursor.LastSequence++;
        }

        database.ChangeTracker.DetectChanges();
        return ((ulong)cursor.LastSequence, stored, gap, lost);
    }

    // No request has more calls than candidates and retries; a node that says otherwise is not believed.
    private static IEnumerable<RegionMismatch> Mismatches(ExecutionRecord record, Judgement judgement) => judgement.Refusal is null ? record.RegionMismatches.Take(MaximumMismatches) : [];

    // What a database had acknowledged before it was restored from an older backup the node no longer has: nothing is to be waited for.
    private static (ulong After, ulong Through)? SkipLost(NodeCursor cursor, ulong releasedThrough)
    {
        var last = (ulong)cursor.LastSequence;
        if (releasedThrough <= last || releasedThrough > long.MaxValue)
        {
            return null;
        }

        cursor.LastSequence = (long)releasedThrough;
        return (last, releasedThrough);
    }
}
