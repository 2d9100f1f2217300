using Asc.Contracts.Distribution.V1;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>Keys and switches in memory: each change is read once, however many nodes subscribe.</summary>
internal sealed class AccessState(ControlPlaneStore store) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private AccessSnapshot current = AccessSnapshot.None;

    /// <summary>The state at <paramref name="seen"/> or newer.</summary>
    public async Task<AccessSnapshot> ReadAsync(Commits seen, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return (current.Epoch, current.Newest) == (seen.Epoch, seen.Access) ? current : current = await ReadAsync(current, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<AccessSnapshot> ReadAsync(AccessSnapshot known, CancellationToken cancellation)
    {
        // The counters first: a subject that moves on meanwhile moves to the end of the scan, so that nothing up to the counter is missed.
        var (epoch, newest, rows) = await store.ReadAsync(
            async database =>
            {
                var counters = await database.Counters.Where(row => row.Name == CounterNames.Access || row.Name == CounterNames.Epoch)
                    .ToDictionaryAsync(row => row.Name, row => row.Value, cancellation);
                var entries = await database.AccessSubjects.Where(subject => subject.Sequence > known.Newest)
                    .OrderBy(subject => subject.Sequence).Select(subject => subject.Entry).ToListAsync(cancellation);
                return (counters[CounterNames.Epoch], counters[CounterNames.Access], entries);
            },
            cancellation);
        return known.With(epoch, newest, [.. rows.Select(AccessEntry.Parser.ParseFrom)]);
    }
}
