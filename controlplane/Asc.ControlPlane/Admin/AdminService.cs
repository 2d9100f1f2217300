using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Events;
using Asc.ControlPlane.Explanation;
using Asc.ControlPlane.Keys;
using Asc.ControlPlane.Nodes;
using Asc.ControlPlane.Policies;
using Asc.ControlPlane.Replay;
using Asc.ControlPlane.Switches;
using Asc.ControlPlane.Tokens;
using Grpc.Core;
using MediatR;

namespace Asc.ControlPlane.Admin;

/// <summary>The admins' door: what changes something goes through the mediator, what reads goes to its reader.</summary>
internal sealed class AdminService(
    IMediator mediator,
    VersionReader versions,
    ResourceReader resources,
    PolicyDiff diff,
    TenantDescription tenants,
    KeyReader keys,
    NodeReader nodes,
    DecisionExplainer explainer,
    RecordExplainer records,
    PolicyReplay replay,
    EventStream events,
    IHostApplicationLifetime lifetime) : Contracts.Admin.V1.Admin.AdminBase
{
    public override Task<ApplyResponse> Apply(ApplyRequest request, ServerCallContext context) => Do(new ApplyResources(request), context);

    public override Task<DeleteResourceResponse> DeleteResource(DeleteResourceRequest request, ServerCallContext context) => Do(new DeleteResource(request), context);

    public override Task<PublishResponse> Publish(PublishRequest request, ServerCallContext context) => Do(new PublishPolicy(request), context);

    public override Task<PublishResponse> Rollback(RollbackRequest request, ServerCallContext context) => Do(new RollbackPolicy(request), context);

    public override Task<IssuedKey> CreateKey(CreateKeyRequest request, ServerCallContext context) => Do(new CreateKey(request), context);

    public override Task<IssuedKey> RotateKey(RotateKeyRequest request, ServerCallContext context) => Do(new RotateKey(request), context);

    public override Task<Key> RevokeKey(RevokeKeyRequest request, ServerCallContext context) => Do(new RevokeKey(request), context);

    public override Task<SwitchResponse> SetTenantSuspended(SetTenantSuspendedRequest request, ServerCallContext context) => Do(new SetTenantSuspended(request), context);

    public override Task<SwitchResponse> SetModelDisabled(SetModelDisabledRequest request, ServerCallContext context) => Do(new SetModelDisabled(request), context);

    public override Task<SwitchResponse> SetProviderDisabled(SetProviderDisabledRequest request, ServerCallContext context) => Do(new SetProviderDisabled(request), context);

    public override Task<IssuedToken> CreateAdminToken(CreateAdminTokenRequest request, ServerCallContext context) => Do(new CreateAdminToken(request), context);

    public override Task<RevokeTokenResponse> RevokeAdminToken(RevokeAdminTokenRequest request, ServerCallContext context) => Do(new RevokeAdminToken(request), context);

    public override Task<IssuedToken> CreateNodeToken(CreateNodeTokenRequest request, ServerCallContext context) => Do(new CreateNodeToken(request), context);

    public override Task<RevokeTokenResponse> RevokeNodeToken(RevokeNodeTokenRequest request, ServerCallContext context) => Do(new RevokeNodeToken(request), context);

    public override Task<DiffResponse> Diff(DiffRequest request, ServerCallContext context) => diff.CompareAsync(request, context.CancellationToken);

    public override Task<ListVersionsResponse> ListVersions(ListVersionsRequest request, ServerCallContext context) => versions.ListAsync(request, context.CancellationToken);

    public override Task<GetVersionResponse> GetVersion(GetVersionRequest request, ServerCallContext context) => versions.GetAsync(request, context.CancellationToken);

    public override Task<ListResourcesResponse> ListResources(ListResourcesRequest request, ServerCallContext context) => resources.ListAsync(request, context.CancellationToken);

    public override Task<GetResourceResponse> GetResource(GetResourceRequest request, ServerCallContext context) => resources.GetAsync(request, context.CancellationToken);

    public override Task<DescribeTenantResponse> DescribeTenant(DescribeTenantRequest request, ServerCallContext context) => tenants.DescribeAsync(request, context.CancellationToken);

    public override Task<ListKeysResponse> ListKeys(ListKeysRequest request, ServerCallContext context) => keys.ListAsync(request, context.CancellationToken);

    public override Task<ListNodesResponse> ListNodes(ListNodesRequest request, ServerCallContext context) => nodes.ListAsync(context.CancellationToken);

    public override Task<ExplainResponse> Explain(ExplainRequest request, ServerCallContext context) => explainer.ExplainAsync(request, context.CancellationToken);

    public override Task<ExplainResponse> ExplainRecord(ExplainRecordRequest request, ServerCallContext context) => records.ExplainAsync(request, context.CancellationToken);

    public override Task<ReplayResponse> Replay(ReplayRequest request, ServerCallContext context) => replay.ReplayAsync(request, context.CancellationToken);

    public override async Task StreamEvents(StreamEventsRequest request, IServerStreamWriter<Event> responseStream, ServerCallContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        await events.WriteAsync(request, responseStream.WriteAsync, stop.Token);
    }

    private Task<T> Do<T>(IRequest<T> command, ServerCallContext context) => mediator.Send(command, context.CancellationToken);
}
