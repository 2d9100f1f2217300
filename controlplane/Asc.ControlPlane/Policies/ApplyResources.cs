using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Mediation;
using Asc.Contracts.Admin.V1;
using MediatR;

namespace Asc.ControlPlane.Policies;

/// <summary>Changes the draft to what is given: all of it or, where anything is wrong with the result, nothing.</summary>
internal sealed record ApplyResources(ApplyRequest Request) : ICommand<ApplyResponse>
{
    public string Action => "apply";

    public string EventType => "policy";

    public void Validate(ArgumentProblems problems)
    {
        problems.When(Request.Resources.Count == 0 && !Request.Prune, "there is nothing to apply");
        problems.Sources(Request.Sources);
    }
}

internal sealed class ApplyResourcesHandler(CommandContext context, DraftWriter drafts, OrphanedKeys orphans, PolicyLibrary library) : IRequestHandler<ApplyResources, ApplyResponse>
{
    public async Task<ApplyResponse> Handle(ApplyResources command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        PolicyChecks.CheckShape(request.Resources);
        var (before, revision) = await drafts.OpenAsync(request.HasExpectedRevision ? request.ExpectedRevision : null, cancellationToken);
        var sources = request.Sources.ToDictionary(source => (source.Kind, source.Name));
        var resources = request.Resources.Select(CanonicalResource.Of)
            .Select(resource => resource with { Source = sources.GetValueOrDefault((resource.Kind, resource.Name)) ?? SourceOfTheSame(resource, before) })
            .ToDictionary(resource => (resource.Kind, resource.Name));
        foreach (var kept in before.Resources.Where(_ => !request.Prune))
        {
            resources.TryAdd((kept.Kind, kept.Name), kept);
        }

        var after = await drafts.ContentAsync(resources.Values, cancellationToken);
        var published = await library.NewestAsync(context.Database, cancellationToken);
        var warnings = PolicyChecks.Check(after, published?.Content.Document);
        await orphans.RefuseAsync(before, after, cancellationToken);

        var changes = ContentComparison.Between(before, after).Changes;
        var changed = !before.Digest.AsSpan().SequenceEqual(after.Digest);
        context.IsRehearsal = request.DryRun;
        if (changed && !request.DryRun)
        {
            revision = await drafts.ReplaceAsync(after, cancellationToken);
        }
        else if (!request.DryRun)
        {
            await drafts.KeepSourcesAsync(after, cancellationToken);
        }

        context.Record.Subject = "draft";
        context.Record.Change(DraftChange.Of(before, after), DraftChange.Of(after, before));
        return new ApplyResponse { Changes = { changes.Select(change => change.ToWire()) }, Warnings = { warnings.Select(warning => warning.ToWire()) }, Revision = (ulong)revision };
    }

    // Whoever says nothing of where it is written, and says the same, moves nothing.
    private static ResourceSource? SourceOfTheSame(CanonicalResource resource, PolicyContent before) =>
        before.Find(resource.Kind, resource.Name) is { } known && known.Sha256.AsSpan().SequenceEqual(resource.Sha256) ? known.Source : null;
}
