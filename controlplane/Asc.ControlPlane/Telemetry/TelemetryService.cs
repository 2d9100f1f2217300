using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Nodes;
using Grpc.Core;

namespace Asc.ControlPlane.Telemetry;

/// <summary>The records' door: a batch, a commit, an acknowledgement.</summary>
internal sealed class TelemetryService(RecordIngestor ingestor, NodeNames names, ICallerAuthenticator authenticator, IHostApplicationLifetime lifetime)
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
                if (node is not null)
                {
                    throw new AdminException(AdminCodes.InvalidArgument, "A stream carries the records of one node.");
                }

                await names.RequireOwnAsync(caller, batch.Node, context.CancellationToken);
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
}
