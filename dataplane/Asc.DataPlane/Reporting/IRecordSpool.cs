using Asc.Contracts.Telemetry.V1;

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

    /// <summary>The unacknowledged records after <paramref name="sequence"/>, in order, <paramref name="maximum"/> at most. For one reader.</summary>
    ValueTask<IReadOnlyList<ExecutionRecord>> ReadAsync(ulong sequence, int maximum, CancellationToken cancellation);

    /// <summary>Lets go of all through <paramref name="sequence"/>. For the same reader.</summary>
    ValueTask AcknowledgeAsync(ulong sequence, CancellationToken cancellation);
}
