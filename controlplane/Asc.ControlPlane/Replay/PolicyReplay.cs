using Asc.Contracts.Admin.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Asc.Policy.Compilation;
using Google.Protobuf.WellKnownTypes;

namespace Asc.ControlPlane.Replay;

/// <summary><c>replay</c>: recorded requests under another policy, by the evaluator that judged them. Reads only; one at a time, as each takes all cores.</summary>
internal sealed class PolicyReplay(ControlPlaneStore store, PolicyLibrary library, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task<ReplayResponse> ReplayAsync(ReplayRequest request, CancellationToken cancellation)
    {
        var (since, until) = Span(request);
        await turn.WaitAsync(cancellation);
        try
        {
            var against = await AgainstAsync(request, cancellation);
            var requests = new RecordedRequests(store, since, until, request.Tenant);
            var (after, through) = await requests.RangeAsync((int)Math.Min(request.Limit, int.MaxValue), cancellation);
            if (after == through)
            {
                await CheckTenantAsync(request.Tenant, against, cancellation);
            }

            var tally = await TallyAsync(requests, new RecordPages(after, through), against, cancellation);
            var response = ReplayAnswer.Of(tally, against);
            (response.Since, response.Until) = (Timestamp.FromDateTimeOffset(since), Timestamp.FromDateTimeOffset(until));
            if (request.HasAgainst)
            {
                response.Against = request.Against;
            }

            return response;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<ReplayTally> TallyAsync(RecordedRequests requests, RecordPages pages, CompiledPolicy against, CancellationToken cancellation)
    {
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(
            async () =>
            {
                try
                {
                    return await WorkAsync(requests, pages, against, failure.Token);
                }
                catch
                {
                    // The others have nothing left to work for.
                    await failure.CancelAsync();
                    throw;
                }
            },
            failure.Token)).ToArray();
        var total = new ReplayTally();
        foreach (var found in await Task.WhenAll(workers))
        {
            total.Add(found);
        }

        return total;
    }

    private async Task<ReplayTally> WorkAsync(RecordedRequests requests, RecordPages pages, CompiledPolicy against, CancellationToken cancellation)
    {
        var (tally, replay, versions) = (new ReplayTally(), new RecordReplay(against), new RecordedVersions(library));
        var generation = 0;
        while (pages.Next() is var (after, through))
        {
            foreach (var row in await requests.PageAsync(after, through, cancellation))
            {
                var record = ExecutionRecord.Parser.ParseFrom(row.Record);
                var recorded = await versions.FindAsync(row.PolicyVersion, record.PolicyEpoch, cancellation);
                if (versions.Generation != generation)
                {
                    generation = versions.Generation;
                    replay.Forget();
                }

                tally.Add(row.Position, row.Tenant, record, replay.Replay(row.Tenant, record, recorded));
            }

            // What else the control plane does needs its turn: an embedded database answers without ever giving the thread back.
            await Task.Yield();
        }

        return tally;
    }

    private async Task<CompiledPolicy> AgainstAsync(ReplayRequest request, CancellationToken cancellation) => request.HasAgainst
        ? (request.Against is 0 or > long.MaxValue ? null : await library.FindAsync((long)request.Against, cancellation))?.Compiled
            ?? throw AdminException.NotFound($"There is no version {request.Against}.", "asc versions lists them.")
        : (await store.ReadAsync(database => library.ReadAsync(database, draft: true, cancellation), cancellation)).Compiled;

    // A misspelt tenant would be answered with nothing found, which reads like nothing changed.
    private async Task CheckTenantAsync(string tenant, CompiledPolicy against, CancellationToken cancellation)
    {
        if (tenant.Length > 0 && against.FindTenant(tenant) is null && (await library.NewestAsync(cancellation))?.Compiled.FindTenant(tenant) is null)
        {
            throw AdminException.NotFound($"There is no tenant \"{tenant}\", and no record of one.", "asc get tenants lists them.");
        }
    }

    private (DateTimeOffset Since, DateTimeOffset Until) Span(ReplayRequest request)
    {
        var until = request.Until?.ToDateTimeOffset() ?? time.GetUtcNow();
        var since = request.Since?.ToDateTimeOffset() ?? throw new AdminException(AdminCodes.InvalidArgument, "since is required.", "Say from when on records are replayed.");
        return since < until ? (since, until) : throw new AdminException(AdminCodes.InvalidArgument, "since is not before until.", "Replay a span of time.");
    }
}
