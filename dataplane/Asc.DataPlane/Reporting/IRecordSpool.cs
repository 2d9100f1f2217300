namespace Asc.DataPlane.Reporting;

/// <summary>
/// Where records wait until the control plane has them. Sequences are gap-free within the node's boot; only an acknowledgement lets a record go.
/// </summary>
internal interface IRecordSpool
{
    /// <summary>Records not yet acknowledged.</summary>
    long Depth { get; }

    /// <summary>Records that found no room, since the node started.</summary>
    long Lost { get; }

    /// <summary>Takes a record; completes once it is as safe as this spool can make it.</summary>
    ValueTask AppendAsync(CompletedExchange exchange);

    /// <summary>The oldest unacknowledged records of which some come after <paramref name="sequence"/>; those before it come again, and are known to who had them. For one reader.</summary>
    ValueTask<SpooledRecords> ReadAsync(ulong sequence, CancellationToken cancellation);

    /// <summary>Lets go of all through <paramref name="sequence"/>. For the same reader.</summary>
    ValueTask AcknowledgeAsync(ulong sequence, CancellationToken cancellation);
}
