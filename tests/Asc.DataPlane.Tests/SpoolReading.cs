using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Tests;

internal static class SpoolReading
{
    /// <summary>All that waits from a batch with something after <paramref name="sequence"/> on, as the control plane would read it.</summary>
    public static async Task<IReadOnlyList<ExecutionRecord>> RecordsAsync(this IRecordSpool spool, ulong sequence)
    {
        var records = new List<ExecutionRecord>();
        while (await spool.ReadAsync(sequence, default) is { Count: > 0 } read)
        {
            records.AddRange(RecordBatch.Parser.ParseFrom(read.Bytes.Span).Records);
            sequence = read.Through;
        }

        return records;
    }
}
