using Asc.Contracts.Admin.V1;
using Asc.Persistence.Keys;
using Google.Protobuf.WellKnownTypes;

namespace Asc.ControlPlane.Keys;

/// <summary>Keys as admins see them.</summary>
internal static class KeyView
{
    public static string StateOf(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= now ? "expired" : "active";

    public static Key ToWire(this ApiKey key, DateTimeOffset now) => new()
    {
        Id = key.Id,
        Tenant = key.TenantPath,
        Name = key.Name,
        State = StateOf(key, now),
        CreatedAt = Timestamp.FromDateTimeOffset(key.CreatedAt),
        CreatedBy = key.CreatedBy,
        ExpiresAt = ToTimestamp(key.ExpiresAt),
        RevokedAt = ToTimestamp(key.RevokedAt),
        LastUsedAt = ToTimestamp(key.LastUsedAt),
        Models = { key.Models },
        Owner = key.Owner,
        Tags = { KeyScope.Of(key).Pairs().ToDictionary() },
        Workloads = { key.Workloads },
        DataClasses = { key.DataClasses },
        RequestsPerMinute = (ulong)(key.RequestsPerMinute ?? 0),
        TokensPerMinute = (ulong)(key.TokensPerMinute ?? 0),
        ConcurrentRequests = (ulong)(key.ConcurrentRequests ?? 0),
    };

    /// <summary>For records.</summary>
    public static object ToRecord(this ApiKey key, DateTimeOffset now) => new
    {
        id = key.Id,
        tenant = key.TenantPath,
        name = key.Name,
        state = StateOf(key, now),
        expiresAt = key.ExpiresAt,
        revokedAt = key.RevokedAt,
        models = key.Models,
        tags = key.Tags,
        workloads = key.Workloads,
        dataClasses = key.DataClasses,
        owner = key.Owner,
        limits = KeyLimits.Of(key) is { IsNone: false } limits
            ? new { requestsPerMinute = limits.RequestsPerMinute, tokensPerMinute = limits.TokensPerMinute, concurrentRequests = limits.ConcurrentRequests }
            : null,
    };

    private static Timestamp? ToTimestamp(DateTimeOffset? at) => at is { } instant ? Timestamp.FromDateTimeOffset(instant) : null;
}
