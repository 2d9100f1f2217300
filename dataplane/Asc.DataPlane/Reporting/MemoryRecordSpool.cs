using System.Buffers;
using System.Collections.Concurrent;

namespace Asc.DataPlane.Reporting;

/// <summary>
/// A spool in memory: survives the control plane's absence, not the node's end. Appending wakes nobody (a wake-up a request costs a fifth
/// of its CPU); the reader polls. When full, the newest record is counted as lost, visibly, rather than memory growing without bound.
/// </summary>
internal sealed class MemoryRecordSpool(NodeIdentity node, int capacity) : IRecordSpool
{
    private const int BatchMaximum = 500;
    private readonly ConcurrentQueue<CompletedExchange> incoming = new();
    // What was read and not acknowledged, the oldest first; each in an array from the pool.
    private readonly Queue<(SpooledRecords Records, byte[] Array)> sent = new();
    private readonly ArrayBufferWriter<byte> encoding = new(64 * 1024);
    private readonly RecordEncoder encoder = new(node);
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

    public ValueTask<SpooledRecords> ReadAsync(ulong sequence, CancellationToken cancellation)
    {
        foreach (var (records, _) in sent)
        {
            // Sent before and to be sent again, after a broken stream.
            if (records.Through > sequence)
            {
                return new(records);
            }
        }

        return new(EncodeIncoming());
    }

    public ValueTask AcknowledgeAsync(ulong sequence, CancellationToken cancellation)
    {
        while (sent.TryPeek(out var oldest) && oldest.Records.Through <= sequence)
        {
            sent.Dequeue();
            ArrayPool<byte>.Shared.Return(oldest.Array);
            Interlocked.Add(ref depth, -oldest.Records.Count);
        }

        return default;
    }

    private SpooledRecords EncodeIncoming()
    {
        var count = 0;
        for (; count < BatchMaximum && incoming.TryDequeue(out var exchange); count++)
        {
            encoder.Write(exchange, ++lastSequence, encoding);
        }

        if (count == 0)
        {
            return SpooledRecords.None;
        }

        var array = ArrayPool<byte>.Shared.Rent(encoding.WrittenCount);
        encoding.WrittenSpan.CopyTo(array);
        var records = new SpooledRecords(lastSequence, count, array.AsMemory(0, encoding.WrittenCount));
        encoding.ResetWrittenCount();
        sent.Enqueue((records, array));
        return records;
    }
}
