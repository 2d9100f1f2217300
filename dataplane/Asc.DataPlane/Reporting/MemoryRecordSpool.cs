using System.Collections.Concurrent;
using Asc.Contracts.Telemetry.V1;

namespace Asc.DataPlane.Reporting;

/// <summary>
/// A spool in memory: survives the control plane's absence, not the node's end. Appending wakes nobody (a wake-up a request costs a fifth
/// of its CPU); the reader polls. When full, the newest record is counted as lost, visibly, rather than memory growing without bound.
/// </summary>
internal sealed class MemoryRecordSpool(NodeIdentity node, int capacity) : IRecordSpool
{
    private readonly ConcurrentQueue<CompletedExchange> incoming = new();
    // What was read and not acknowledged, the oldest first; its sequences follow each other.
    private readonly Queue<ExecutionRecord> sent = new();
    private long depth;
    private long lost;
    private ulong lastSequence;

    public long Depth => Interlocked.Read(ref depth);

    public long Lost => Interlocked.Read(ref lost);

    public ValueTask AppendAsync(CompletedExchange exchange)
    {
        // Whoever has no key can send without end: what that leaves must never take the place of anyone else's record.
        var room = exchange.Key is null ? capacity / 10 : capacity;
        if (Interlocked.Increment(ref depth) > room)
        {
            Interlocked.Decrement(ref depth);
            Interlocked.Increment(ref lost);
        }
        else
        {
            incoming.Enqueue(exchange);
        }

        return default;
    }

    public ValueTask<IReadOnlyList<ExecutionRecord>> ReadAsync(ulong sequence, int maximum, CancellationToken cancellation)
    {
        // Sent before and to be sent again, after a broken stream.
        var records = new List<ExecutionRecord>(sequence < lastSequence ? sent.SkipWhile(record => record.Sequence <= sequence).Take(maximum) : []);
        while (records.Count < maximum && incoming.TryDequeue(out var exchange))
        {
            var record = ExecutionRecords.Write(exchange, node, ++lastSequence);
            sent.Enqueue(record);
            records.Add(record);
        }

        return new(records);
    }

    public ValueTask AcknowledgeAsync(ulong sequence, CancellationToken cancellation)
    {
        while (sent.TryPeek(out var oldest) && oldest.Sequence <= sequence)
        {
            sent.Dequeue();
            Interlocked.Decrement(ref depth);
        }

        return default;
    }
}
