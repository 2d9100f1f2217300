using Asc.Contracts.Admin.V1;
using Asc.Contracts.Credentials;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Tokens;

/// <summary>Makes a named admin token.</summary>
internal sealed record CreateAdminToken(CreateAdminTokenRequest Request) : ICommand<IssuedToken>
{
    public string Action => "token.create";

    public string EventType => "admin";

    public void Validate(ArgumentProblems problems) => problems.Text("name", Request.Name);
}

internal sealed class CreateAdminTokenHandler(CommandContext context, TimeProvider time) : IRequestHandler<CreateAdminToken, IssuedToken>
{
    public async Task<IssuedToken> Handle(CreateAdminToken command, CancellationToken cancellationToken)
    {
        var name = command.Request.Name;
        await context.Database.RaiseAsync(CounterNames.Tokens, 1, cancellationToken);
        if (await context.Database.AdminTokens.AnyAsync(token => token.Name == name && token.RevokedAt == null, cancellationToken))
        {
            throw AdminException.Conflict($"There is an admin token \"{name}\" already; the name says who did a thing.", "Choose another name, or revoke that one first (asc token revoke).");
        }

        var secret = BearerSecret.Issue(SecretKind.AdminToken);
        context.Database.AdminTokens.Add(new() { Id = secret.Id, Name = name, Sha256 = secret.Sha256(), CreatedAt = time.GetUtcNow(), CreatedBy = context.Caller!.Name });
        context.Record.Subject = secret.Id;
        context.Record.Change(null, new { id = secret.Id, name });
        return new IssuedToken { Id = secret.Id, Name = name, Token = secret.Reveal() };
    }
}
