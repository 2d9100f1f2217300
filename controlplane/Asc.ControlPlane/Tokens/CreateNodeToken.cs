using Asc.Contracts.Admin.V1;
using Asc.Contracts.Credentials;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using MediatR;

namespace Asc.ControlPlane.Tokens;

/// <summary>Makes a token for the nodes of a pool in a region.</summary>
internal sealed record CreateNodeToken(CreateNodeTokenRequest Request) : ICommand<IssuedToken>
{
    public string Action => "node.token.create";

    public string EventType => "node";

    public void Validate(ArgumentProblems problems)
    {
        problems.Text("pool", Request.Pool, ColumnLengths.Label);
        problems.Text("region", Request.Region, ColumnLengths.Label);
    }
}

internal sealed class CreateNodeTokenHandler(CommandContext context, TimeProvider time) : IRequestHandler<CreateNodeToken, IssuedToken>
{
    public async Task<IssuedToken> Handle(CreateNodeToken command, CancellationToken cancellationToken)
    {
        var (pool, region) = (command.Request.Pool, command.Request.Region);
        await context.Database.RaiseAsync(CounterNames.Tokens, 1, cancellationToken);
        var secret = BearerSecret.Issue(SecretKind.NodeToken);
        context.Database.NodeTokens.Add(new()
        {
            Id = secret.Id,
            Pool = pool,
            Region = region,
            Sha256 = secret.Sha256(),
            CreatedAt = time.GetUtcNow(),
            CreatedBy = context.Caller!.Name,
        });
        context.Record.Subject = secret.Id;
        context.Record.Change(null, new { id = secret.Id, pool, region });
        return new IssuedToken { Id = secret.Id, Name = pool, Token = secret.Reveal() };
    }
}
