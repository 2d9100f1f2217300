using System.Security.Cryptography;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Persistence.Keys;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Keys;

/// <summary>Makes keys, and tells the nodes of their state, within a command's transaction.</summary>
internal sealed class KeyIssuer(CommandContext context, AccessLane lane, TimeProvider time)
{
    /// <summary>A new key; its secret is in the answer and nowhere else.</summary>
    public async Task<(ApiKey Key, BearerSecret Secret)> IssueAsync(
        string tenantPath, string tenantId, string name, string owner, KeyScope scope, KeyLimits limits, DateTimeOffset? expiresAt, CancellationToken cancellation)
    {
        var secret = BearerSecret.Issue(SecretKind.ApiKey);
        var key = new ApiKey
        {
            Id = secret.Id,
            TenantPath = tenantPath,
            TenantId = tenantId,
            Name = name,
            SecretSha256 = secret.Sha256(),
            CreatedAt = time.GetUtcNow(),
            CreatedBy = context.Caller!.Name,
            ExpiresAt = expiresAt,
            Models = scope.Models,
            Tags = scope.Tags,
            Workloads = scope.Workloads,
            DataClasses = scope.DataClasses,
            Owner = owner,
            RequestsPerMinute = limits.RequestsPerMinute,
            TokensPerMinute = limits.TokensPerMinute,
            ConcurrentRequests = limits.ConcurrentRequests,
            GrantSha256 = await StoreGrantAsync(scope, limits, cancellation),
        };
        context.Database.ApiKeys.Add(key);
        await TellAsync(key, cancellation);
        return (key, secret);
    }

    /// <summary>Puts the key's state into the access sequence.</summary>
    public Task<ulong> TellAsync(ApiKey key, CancellationToken cancellation)
    {
        var state = new KeyState
        {
            KeyId = key.Id,
            TenantId = key.TenantId,
            SecretSha256 = ByteString.CopyFrom(key.SecretSha256),
            ExpiresAt = key.ExpiresAt is { } expires ? Timestamp.FromDateTimeOffset(expires) : null,
            RevokedAt = key.RevokedAt is { } revoked ? Timestamp.FromDateTimeOffset(revoked) : null,
            GrantSha256 = key.GrantSha256 is { } grant ? ByteString.CopyFrom(grant) : ByteString.Empty,
        };
        return lane.AppendAsync(AccessLane.Key, key.Id, key.RevokedAt is not null, new AccessEntry { Key = state }, cancellation);
    }

    private async Task<byte[]?> StoreGrantAsync(KeyScope scope, KeyLimits limits, CancellationToken cancellation)
    {
        if (scope.IsEmpty && limits.IsNone)
        {
            return null;
        }

        var grant = scope.ToGrant();
        (grant.RequestsPerMinute, grant.TokensPerMinute, grant.ConcurrentRequests) =
            ((ulong)(limits.RequestsPerMinute ?? 0), (ulong)(limits.TokensPerMinute ?? 0), (ulong)(limits.ConcurrentRequests ?? 0));
        var bytes = CanonicalResource.Serialize(grant);
        var digest = SHA256.HashData(bytes);
        if (!await context.Database.Contents.AnyAsync(content => content.Sha256 == digest, cancellation))
        {
            context.Database.Contents.Add(new() { Sha256 = digest, Bytes = bytes });
        }

        return digest;
    }
}
