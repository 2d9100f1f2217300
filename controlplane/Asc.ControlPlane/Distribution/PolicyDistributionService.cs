using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Grpc.Core;

namespace Asc.ControlPlane.Distribution;

/// <summary>The nodes' door: who a stream is, and nothing of what it is told.</summary>
internal sealed class PolicyDistributionService(
    IServiceProvider services,
    NodeLedger ledger,
    LiveStreams streams,
    ContentVault vault,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<PolicyDistributionService> logger)
    : PolicyDistribution.PolicyDistributionBase
{
    private const int MaximumDigests = 10_000;
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);

    public override async Task Subscribe(IAsyncStreamReader<NodeMessage> requestStream, IServerStreamWriter<ControlMessage> responseStream, ServerCallContext context)
    {
        var caller = context.NodeCaller();
        var hello = await ReadHelloAsync(requestStream, caller, context.CancellationToken);
        var entry = await ledger.EnterAsync(caller, hello, context.CancellationToken);
        using var replaced = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, replaced.Token, lifetime.ApplicationStopping);
        streams.Enter(hello.Node, replaced);
        try
        {
            logger.Subscribed(hello.Node, hello.Region, hello.Boot, hello.Enforced?.Version ?? 0);
            var enforced = hello.Enforced ?? new();
            var access = new AccessPosition((long)enforced.AccessEpoch, (long)enforced.AccessSequence, entry.AheadInEpoch == (long)enforced.AccessEpoch ? 0 : null);
            var known = new KnownState(enforced.ManifestSha256, ((long)enforced.Epoch, (long)enforced.Version), access, entry.ParkedVersion);
            var stream = ActivatorUtilities.CreateInstance<NodeStream>(services, caller, hello, entry);
            await stream.RunAsync(known, requestStream, responseStream, stop.Token);
        }
        catch (OperationCanceledException) when (replaced.IsCancellationRequested)
        {
            logger.Replaced(hello.Node);
            throw AdminException.Conflict($"Another stream of a node named \"{hello.Node}\" took this one's place.", "Give each node a name of its own.");
        }
        finally
        {
            streams.Leave(hello.Node, replaced);
            logger.Unsubscribed(hello.Node);
        }
    }

    public override async Task FetchResources(FetchResourcesRequest request, IServerStreamWriter<ResourceContent> responseStream, ServerCallContext context)
    {
        if (request.Sha256.Count > MaximumDigests)
        {
            throw new AdminException(AdminCodes.InvalidArgument, $"More than {MaximumDigests} digests at once.");
        }

        await foreach (var content in vault.OpenAsync(context.NodeCaller().Region, [.. request.Sha256.Distinct()], context.CancellationToken))
        {
            await responseStream.WriteAsync(content, context.CancellationToken);
        }
    }

    private async Task<Hello> ReadHelloAsync(IAsyncStreamReader<NodeMessage> incoming, NodeCaller caller, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(HelloTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        NodeMessage? first;
        try
        {
            first = await incoming.MoveNext(either.Token) ? incoming.Current : null;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            first = null;
        }

        if (first is not { Hello: { } hello })
        {
            throw new AdminException(AdminCodes.InvalidArgument, "A stream begins with a hello.");
        }

        if (hello.Node.Length is 0 or > ColumnLengths.Name || hello.Build.Length > ColumnLengths.Name)
        {
            throw new AdminException(AdminCodes.InvalidArgument, $"A node has a name of at most {ColumnLengths.Name} characters.");
        }

        return hello.Region == caller.Region
            ? hello
            : throw AdminException.NotPermitted(
                $"The node \"{hello.Node}\" says that it is in \"{hello.Region}\", and its token is for \"{caller.Region}\".",
                $"Set the node's region to {caller.Region}, or give it a token for {hello.Region} (asc node token create).");
    }
}
