using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Tokens;

/// <summary>Ends an admin token; the last one stays, or nobody could make another.</summary>
internal sealed record RevokeAdminToken(RevokeAdminTokenRequest Request) : ICommand<RevokeTokenResponse>
{
    public string Action => "token.revoke";

    public string EventType => "admin";

    public void Validate(ArgumentProblems problems) => problems.Text("id", Request.Id);
}

internal sealed class RevokeAdminTokenHandler(CommandContext context, TimeProvider time) : IRequestHandler<RevokeAdminToken, RevokeTokenResponse>
{
    public async Task<RevokeTokenResponse> Handle(RevokeAdminToken command, CancellationToken cancellationToken)
    {
        var id = command.Request.Id;
        await context.Database.RaiseAsync(CounterNames.Tokens, 1, cancellationToken);
        var token = await context.Database.AdminTokens.SingleOrDefaultAsync(token => token.Id == id, cancellationToken)
            ?? throw AdminException.NotFound($"There is no admin token {id}.");
        if (token.RevokedAt is null && !await context.Database.AdminTokens.AnyAsync(other => other.Id != id && other.RevokedAt == null, cancellationToken))
        {
            throw AdminException.Conflict("This is the last admin token.", "Create another one first (asc token create).");
        }

        context.Record.Subject = id;
        context.Record.Change(new { id, name = token.Name, revokedAt = token.RevokedAt }, new { id, name = token.Name, revokedAt = token.RevokedAt ?? time.GetUtcNow() });
        token.RevokedAt ??= time.GetUtcNow();
        return new RevokeTokenResponse { Id = id, Name = token.Name };
    }
}
