using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Nodes;
using Asc.Contracts.Admin.V1;
using Asc.Persistence;
using MediatR;

namespace Asc.ControlPlane.Policies;

/// <summary>Makes a new version, and the draft, of an old version's content. Keys and switches are no part of it.</summary>
internal sealed record RollbackPolicy(RollbackRequest Request) : ICommand<PublishResponse>
{
    public string Action => "rollback";

    public string EventType => "policy";

    public void Validate(ArgumentProblems problems)
    {
        problems.Text("message", Request.Message, ColumnLengths.Message);
        problems.When(Request.Version is 0 or > long.MaxValue, "version is required");
    }
}

internal sealed class RollbackPolicyHandler(CommandContext context, DraftWriter drafts, OrphanedKeys orphans, PolicyPublisher publisher, PolicyLibrary library, NodeDirectory nodes)
    : IRequestHandler<RollbackPolicy, PublishResponse>
{
    public async Task<PublishResponse> Handle(RollbackPolicy command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        var (draft, _) = await drafts.OpenAsync(expectedRevision: null, cancellationToken);
        var old = await library.FindAsync(context.Database, (long)request.Version, cancellationToken)
            ?? throw AdminException.NotFound($"There is no version {request.Version}.", "asc versions lists them.");
        await orphans.RefuseAsync(draft, old.Content, cancellationToken);
        var newest = (await library.NewestAsync(context.Database, cancellationToken))?.Content ?? PolicyContent.Empty;
        var discarded = ContentComparison.Between(newest, draft).Changes;
        var version = await publisher.PublishAsync(old.Content, request.Message, request.HasExpectedVersion ? request.ExpectedVersion : null, old.Number, cancellationToken);
        await drafts.ReplaceAsync(old.Content, cancellationToken);
        if (discarded.Count > 0)
        {
            // Its only trace from now on.
            context.Record.Change(
                new { version = version.Parent, discarded = DraftChange.Of(draft, newest) },
                new { version = version.Version, digest = Digests.Text(version.Digest), rollbackOf = old.Number });
        }

        return new PublishResponse
        {
            Version = (ulong)version.Version,
            Digest = Digests.Text(version.Digest),
            Nodes = { await nodes.ListAsync(context.Database, cancellationToken) },
            Discarded = { discarded.Select(change => change.ToWire()) },
        };
    }
}
