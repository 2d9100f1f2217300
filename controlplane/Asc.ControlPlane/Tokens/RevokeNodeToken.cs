using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Tokens;

/// <summary>Ends a node token, and the streams that came with it within a second.</summary>
internal sealed record RevokeNodeToken(RevokeNodeTokenRequest Request) : ICommand<RevokeTokenResponse>
{
    public string Action => "node.revoke";

    public string EventType => "node";

    public void Validate(ArgumentProblems problems) => problems.Text("id", Request.Id);
}

internal sealed class RevokeNodeTokenHandler(CommandContext context, TimeProvider time) : IRequestHandler<RevokeNodeToken, RevokeTokenResponse>
{
    public async Task<RevokeTokenResponse> Handle(RevokeNodeToken command, CancellationToken cancellationToken)
    {
        var id = command.Request.Id;
        await context.Database.RaiseAsync(CounterNames.Tokens, 1, cancellationToken);
        var token = await context.Database.NodeTokens.SingleOrDefaultAsync(token => token.Id == id, cancellationToken)
            ?? throw AdminException.NotFound($"There is no node token {id}.");
        context.Record.Subject = id;
        context.Record.Change(
            new { id, pool = token.Pool, region = token.Region, revokedAt = token.RevokedAt },
            new { id, pool = token.Pool, region = token.Region, revokedAt = token.RevokedAt ?? time.GetUtcNow() });
        token.RevokedAt ??= time.GetUtcNow();
        return new RevokeTokenResponse { Id = id, Name = token.Pool };
    }
}
