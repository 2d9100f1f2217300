using Asc.ControlPlane.Mediation;
using Asc.Contracts.Admin.V1;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Keys;

/// <summary>Ends a key, on every node within a second and for ever.</summary>
internal sealed record RevokeKey(RevokeKeyRequest Request) : ICommand<Key>
{
    public string Action => "key.revoke";

    public string EventType => "key";

    public void Validate(ArgumentProblems problems) => problems.Text("id", Request.Id);
}

internal sealed class RevokeKeyHandler(CommandContext context, KeyIssuer issuer, AccessLane lane, TimeProvider time) : IRequestHandler<RevokeKey, Key>
{
    public async Task<Key> Handle(RevokeKey command, CancellationToken cancellationToken)
    {
        await lane.LockAsync(cancellationToken);
        var now = time.GetUtcNow();
        var key = await context.Database.ApiKeys.SingleOrDefaultAsync(key => key.Id == command.Request.Id, cancellationToken)
            ?? throw AdminException.NotFound($"There is no key {command.Request.Id}.", "asc get keys lists them.");
        var before = key.ToRecord(now);
        if (key.RevokedAt is null)
        {
            key.RevokedAt = now;
            await issuer.TellAsync(key, cancellationToken);
        }

        context.Record.Subject = key.Id;
        context.Record.Tenant = key.TenantPath;
        context.Record.KeyId = key.Id;
        context.Record.Change(before, key.ToRecord(now));
        return key.ToWire(now);
    }
}
