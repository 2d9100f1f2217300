using System.Diagnostics.CodeAnalysis;
using Asc.Persistence;
using Asc.Persistence.Events;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Replay;

/// <summary>A row of the timeline, as far as a replay reads it.</summary>
internal sealed record RecordedRequest(long Position, string Tenant, long PolicyVersion, byte[] Record);

/// <summary>The requests of a span of time, page by page: each page is a short read of its own, which no writer waits for.</summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, and ordinally.")]
internal sealed class RecordedRequests(ControlPlaneStore store, DateTimeOffset since, DateTimeOffset until, string tenant)
{
    private readonly (string From, string End) below = TenantRange.Below(tenant);

    /// <summary>After which position the requests stand, and through which; the same where there are none.</summary>
    /// <param name="limit">The newest so many; 0: all.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<(long After, long Through)> RangeAsync(int limit, CancellationToken cancellation) => store.ReadAsync(
        async database =>
        {
            var rows = Chosen(database.RequestRecords);
            if (await rows.MaxAsync(row => (long?)row.Position, cancellation) is not { } last)
            {
                return (0L, 0L);
            }

            var first = limit > 0 ? await rows.OrderByDescending(row => row.Position).Select(row => (long?)row.Position).Skip(limit - 1).FirstOrDefaultAsync(cancellation) : null;
            first ??= await rows.MinAsync(row => (long?)row.Position, cancellation);
            return ((first ?? last) - 1, last);
        },
        cancellation);

    /// <summary>Those between two positions, in no order.</summary>
    public Task<List<RecordedRequest>> PageAsync(long after, long through, CancellationToken cancellation) => store.ReadAsync(
        database => Chosen(database.RequestRecords.Where(row => row.Position > after && row.Position <= through))
            .Select(row => new RecordedRequest(row.Position, row.Tenant, row.PolicyVersion, row.Record))
            .ToListAsync(cancellation),
        cancellation);

    private IQueryable<RequestRecord> Chosen(IQueryable<RequestRecord> rows)
    {
        rows = rows.Where(row => row.At >= since && row.At < until);
        return tenant == "" ? rows : rows.Where(row => row.Tenant == tenant || (string.Compare(row.Tenant, below.From) >= 0 && string.Compare(row.Tenant, below.End) < 0));
    }
}
