using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Telemetry;

/// <summary>The records' door: a batch, a commit, an acknowledgement.</summary>
internal sealed class TelemetryService(RecordIngestor ingestor, ControlPlaneStore store, ICallerAuthenticator authenticator, IHostApplicationLifetime lifetime)
    : Contracts.Telemetry.V1.Telemetry.TelemetryBase
{
    public override async Task Report(IAsyncStreamReader<RecordBatch> requestStream, IServerStreamWriter<RecordAcknowledgement> responseStream, ServerCallContext context)
    {
        var caller = context.NodeCaller();
        string? node = null;
        // A batch that has begun is finished; only the wait for the next one ends when the host stops.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        while (await requestStream.MoveNext(stop.Token))
        {
            var batch = requestStream.Current;
            if (batch.Node != node)
            {
                await RequireOwnNameAsync(caller, node, batch.Node, context.CancellationToken);
                node = batch.Node;
            }

            if (!await authenticator.IsStillValidAsync(caller, context.CancellationToken))
            {
                throw new AdminException(AdminCodes.Unauthenticated, "The node token was revoked.");
            }

            var through = await ingestor.IngestAsync(caller, batch, context.CancellationToken);
            await responseStream.WriteAsync(new RecordAcknowledgement { Epoch = batch.Epoch, ThroughSequence = through }, context.CancellationToken);
        }
    }

    // A node speaks for itself only, and its name is its pool's.
    private async Task RequireOwnNameAsync(NodeCaller caller, string? before, string node, CancellationToken cancellation)
    {
        if (node.Length is 0 or > ColumnLengths.Name || before is not null)
        {
            throw new AdminException(AdminCodes.InvalidArgument, before is null ? "A batch names its node." : "A stream carries the records of one node.");
        }

        var owner = await store.ReadAsync(
            database => database.Nodes.Where(row => row.Name == node).Select(row => new { row.Pool, row.Region }).SingleOrDefaultAsync(cancellation), cancellation);
        if (owner is not null && (owner.Pool != caller.Pool || owner.Region != caller.Region))
        {
            throw AdminException.NotPermitted($"The node \"{node}\" is not one of the token's, which is for the pool \"{caller.Pool}\" in \"{caller.Region}\".");
        }
    }
}
