using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Nodes;
using Asc.Contracts.Admin.V1;
using Asc.Persistence;
using MediatR;

namespace Asc.ControlPlane.Policies;

/// <summary>Makes the draft the newest version.</summary>
internal sealed record PublishPolicy(PublishRequest Request) : ICommand<PublishResponse>
{
    public string Action => "publish";

    public string EventType => "policy";

    public void Validate(ArgumentProblems problems) => problems.Text("message", Request.Message, ColumnLengths.Message);
}

internal sealed class PublishPolicyHandler(CommandContext context, DraftWriter drafts, PolicyPublisher publisher, NodeDirectory nodes)
    : IRequestHandler<PublishPolicy, PublishResponse>
{
    public async Task<PublishResponse> Handle(PublishPolicy command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        var (draft, _) = await drafts.OpenAsync(expectedRevision: null, cancellationToken);
        var version = await publisher.PublishAsync(draft, request.Message, request.HasExpectedVersion ? request.ExpectedVersion : null, rollbackOf: null, cancellationToken);
        return new PublishResponse
        {
            Version = (ulong)version.Version,
            Digest = Digests.Text(version.Digest),
            Nodes = { await nodes.ListAsync(context.Database, cancellationToken) },
        };
    }
}
