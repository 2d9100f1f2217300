using System.Collections.Concurrent;
using Asc.Contracts.Telemetry.V1;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Telemetry;

/// <summary>When keys were last used: written at first use and then now and again, because it is for people and each write costs.</summary>
internal sealed class KeyUse(ControlPlaneStore store, ILogger<KeyUse> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, DateTimeOffset> written = new(StringComparer.Ordinal);

    public async Task NoteAsync(IEnumerable<ExecutionRecord> records, CancellationToken cancellation)
    {
        var due = records.Where(record => record.StartedAt is not null)
            .GroupBy(record => record.KeyId, StringComparer.Ordinal)
            .Select(group => (KeyId: group.Key, At: group.Max(record => record.StartedAt.ToDateTimeOffset())))
            .Where(use => !written.TryGetValue(use.KeyId, out var last) || use.At - last >= Interval)
            .ToArray();
        try
        {
            foreach (var (keyId, at) in due)
            {
                await store.WriteAsync(
                    database => database.ApiKeys.Where(key => key.Id == keyId && (key.LastUsedAt == null || key.LastUsedAt < at))
                        .ExecuteUpdateAsync(key => key.SetProperty(row => row.LastUsedAt, at), cancellation),
                    cancellation);
                written[keyId] = at;
            }
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            // The records are stored; this is an approximation of what they say.
            logger.KeyUseNotWritten(exception);
        }
    }
}
