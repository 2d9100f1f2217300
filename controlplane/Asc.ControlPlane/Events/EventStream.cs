using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Distribution;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Events;

/// <summary>
/// <c>events</c>: requests and admin records as one timeline. Both get their positions from one counter whose order is the order of
/// the commits, so that following it leaves no gap and tells nothing twice.
/// </summary>
internal sealed class EventStream(ControlPlaneStore store, CommitWatch commits)
{
    private const int DefaultLimit = 100;
    private const int PageSize = 500;

    /// <summary>Writes the newest events, oldest first, and where asked for what comes after, until <paramref name="cancellation"/>.</summary>
    public async Task WriteAsync(StreamEventsRequest request, Func<Event, CancellationToken, Task> write, CancellationToken cancellation)
    {
        var filter = new EventFilter(request);
        var limit = request.Limit == 0 ? DefaultLimit : (int)Math.Min(request.Limit, 1_000_000);
        var (position, newest) = await NewestAsync(filter, limit, cancellation);
        foreach (var item in newest)
        {
            await write(item, cancellation);
        }

        var seen = Commits.None;
        while (request.Follow)
        {
            seen = await commits.WaitAsync(seen, cancellation);
            while (position < seen.Timeline)
            {
                (position, var page) = await PageAsync(filter, position, seen.Timeline, cancellation);
                foreach (var item in page)
                {
                    await write(item, cancellation);
                }
            }
        }
    }

    private Task<(long Position, IReadOnlyList<Event> Events)> NewestAsync(EventFilter filter, int limit, CancellationToken cancellation) => store.ReadAsync(
        async database =>
        {
            var position = await database.Counters.Where(counter => counter.Name == CounterNames.Timeline).Select(counter => counter.Value).SingleAsync(cancellation);
            var requests = await filter.Requests(database.RequestRecords.Where(row => row.Position <= position))
                .OrderByDescending(row => row.At).ThenByDescending(row => row.Position).Take(limit).ToListAsync(cancellation);
            var admin = await filter.Admin(database.AdminRecords.Where(row => row.Position <= position))
                .OrderByDescending(row => row.At).ThenByDescending(row => row.Position).Take(limit).ToListAsync(cancellation);
            IReadOnlyList<Event> events =
            [
                .. requests.Select(row => (row.At, row.Position, Event: row.ToEvent()))
                    .Concat(admin.Select(row => (row.At, row.Position, Event: row.ToEvent())))
                    .OrderBy(row => row.At).ThenBy(row => row.Position)
                    .TakeLast(limit)
                    .Select(row => row.Event),
            ];
            return (position, events);
        },
        cancellation);

    private Task<(long Position, IReadOnlyList<Event> Events)> PageAsync(EventFilter filter, long after, long through, CancellationToken cancellation) => store.ReadAsync(
        async database =>
        {
            var requests = await filter.Requests(database.RequestRecords.Where(row => row.Position > after && row.Position <= through))
                .OrderBy(row => row.Position).Take(PageSize).ToListAsync(cancellation);
            var admin = await filter.Admin(database.AdminRecords.Where(row => row.Position > after && row.Position <= through))
                .OrderBy(row => row.Position).Take(PageSize).ToListAsync(cancellation);
            // Where a page is full there may be more behind it, and the other table must wait for that.
            var end = Math.Min(requests.Count == PageSize ? requests[^1].Position : through, admin.Count == PageSize ? admin[^1].Position : through);
            IReadOnlyList<Event> events =
            [
                .. requests.Select(row => (row.Position, Event: row.ToEvent()))
                    .Concat(admin.Select(row => (row.Position, Event: row.ToEvent())))
                    .Where(row => row.Position <= end)
                    .OrderBy(row => row.Position)
                    .Select(row => row.Event),
            ];
            return (end, events);
        },
        cancellation);
}
