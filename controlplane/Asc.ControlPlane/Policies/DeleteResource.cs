using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Mediation;
using Asc.Contracts.Admin.V1;
using MediatR;

namespace Asc.ControlPlane.Policies;

/// <summary>Takes one resource out of the draft; refused while others refer to it.</summary>
internal sealed record DeleteResource(DeleteResourceRequest Request) : ICommand<DeleteResourceResponse>
{
    public string Action => "delete";

    public string EventType => "policy";

    public void Validate(ArgumentProblems problems)
    {
        problems.Kind(Request.Kind);
        problems.Text("name", Request.Name);
    }
}

internal sealed class DeleteResourceHandler(CommandContext context, DraftWriter drafts, OrphanedKeys orphans, PolicyLibrary library)
    : IRequestHandler<DeleteResource, DeleteResourceResponse>
{
    public async Task<DeleteResourceResponse> Handle(DeleteResource command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        var (before, _) = await drafts.OpenAsync(request.HasExpectedRevision ? request.ExpectedRevision : null, cancellationToken);
        var resource = before.Find(request.Kind, request.Name)
            ?? throw AdminException.NotFound($"The draft has no {request.Kind} \"{request.Name}\".", $"asc get {request.Kind.ToLowerInvariant()}s lists them.");
        var after = await drafts.ContentAsync([.. before.Resources.Where(kept => kept != resource)], cancellationToken);
        PolicyChecks.Check(after, (await library.NewestAsync(context.Database, cancellationToken))?.Content.Document);
        await orphans.RefuseAsync(before, after, cancellationToken);
        var revision = await drafts.ReplaceAsync(after, cancellationToken);
        context.Record.Subject = $"{resource.Kind} {resource.Name}";
        context.Record.Tenant = resource.Resource.Tenant is null ? "" : resource.Name;
        context.Record.Change(DraftChange.Of(before, after), DraftChange.Of(after, before));
        var change = ContentComparison.Between(before, after).Changes.FirstOrDefault(change => change.Kind == resource.Kind && change.Name == resource.Name);
        return new DeleteResourceResponse
        {
            Change = change?.ToWire() ?? new Change { Kind = resource.Kind, Name = resource.Name, Op = "remove", Text = $"{resource.Name} is removed" },
            Revision = (ulong)revision,
        };
    }
}
