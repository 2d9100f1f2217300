namespace Asc.DataPlane.Reporting;

/// <summary>Records that follow each other, encoded as they travel.</summary>
/// <param name="Through">The last one's sequence number.</param>
/// <param name="Count">How many; 0: none.</param>
/// <param name="Bytes">The records of an <c>asc.telemetry.v1.RecordBatch</c>. Valid until they are acknowledged.</param>
internal sealed record SpooledRecords(ulong Through, int Count, ReadOnlyMemory<byte> Bytes)
{
    public static SpooledRecords None { get; } = new(0, 0, default);
}

/// <summary>What is sent of them at once.</summary>
/// <param name="Records">Some.</param>
/// <param name="ReleasedThrough">All through this sequence number was acknowledged, and is no longer held.</param>
internal sealed record EncodedBatch(SpooledRecords Records, ulong ReleasedThrough);
