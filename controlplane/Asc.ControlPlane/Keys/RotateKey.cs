using Asc.ControlPlane.Mediation;
using Asc.Contracts.Admin.V1;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Keys;

/// <summary>Makes a key like another, which lives on for the overlap.</summary>
internal sealed record RotateKey(RotateKeyRequest Request) : ICommand<IssuedKey>
{
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);
    private static readonly TimeSpan MaximumOverlap = TimeSpan.FromDays(365);

    public string Action => "key.rotate";

    public string EventType => "key";

    public TimeSpan Overlap => Request.HasOverlapSeconds ? TimeSpan.FromSeconds(Request.OverlapSeconds) : DefaultOverlap;

    public void Validate(ArgumentProblems problems)
    {
        problems.Text("id", Request.Id);
        problems.When(
            Request.HasOverlapSeconds && !(Request.OverlapSeconds >= 0 && Request.OverlapSeconds <= MaximumOverlap.TotalSeconds),
            $"the overlap is between 0 and {MaximumOverlap.TotalDays} days");
    }
}

internal sealed class RotateKeyHandler(CommandContext context, KeyIssuer issuer, AccessLane lane, TimeProvider time) : IRequestHandler<RotateKey, IssuedKey>
{
    public async Task<IssuedKey> Handle(RotateKey command, CancellationToken cancellationToken)
    {
        await lane.LockAsync(cancellationToken);
        var now = time.GetUtcNow();
        var old = await context.Database.ApiKeys.SingleOrDefaultAsync(key => key.Id == command.Request.Id, cancellationToken)
            ?? throw AdminException.NotFound($"There is no key {command.Request.Id}.", "asc get keys lists them.");
        if (KeyView.StateOf(old, now) is var state and not "active")
        {
            throw AdminException.Conflict($"The key {old.Id} is {state}.", "Create a key instead (asc key create).");
        }

        if (old.ReplacedBy.Length > 0)
        {
            // It is on its way out: a key like it would be too.
            throw AdminException.Conflict($"The key {old.Id} was rotated already: {old.ReplacedBy} is in its place.", $"Rotate that one (asc key rotate {old.ReplacedBy}); its secret, where it was lost, is not shown again.");
        }

        var before = old.ToRecord(now);
        var (key, secret) = await issuer.IssueAsync(old.TenantPath, old.TenantId, old.Name, old.Owner, KeyScope.Of(old), KeyLimits.Of(old), old.ExpiresAt, cancellationToken);
        old.ReplacedBy = key.Id;
        End(old, now, command.Overlap);
        await issuer.TellAsync(old, cancellationToken);
        context.Record.Subject = old.Id;
        context.Record.Tenant = old.TenantPath;
        context.Record.KeyId = old.Id;
        context.Record.Change(before, new { replaced = old.ToRecord(now), by = key.ToRecord(now) });
        return new IssuedKey { Key = key.ToWire(now), Secret = secret.Reveal(), Replaces = old.Id };
    }

    private static void End(Persistence.Keys.ApiKey old, DateTimeOffset now, TimeSpan overlap)
    {
        if (overlap == TimeSpan.Zero)
        {
            old.RevokedAt = now;
        }
        else if (old.ExpiresAt is null || old.ExpiresAt > now + overlap)
        {
            old.ExpiresAt = now + overlap;
        }
    }
}
