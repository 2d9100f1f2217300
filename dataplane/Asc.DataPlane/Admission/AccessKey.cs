using Asc.Policy.Compilation;
using Google.Protobuf;

namespace Asc.DataPlane.Admission;

/// <summary>A key as the node knows it: never the secret, only its hash.</summary>
internal sealed class AccessKey(
    string id, string tenantId, ReadOnlyMemory<byte> secretSha256, DateTimeOffset? expiresAt, bool revoked, ByteString grantSha256)
{
    public string Id { get; } = id;

    public string TenantId { get; } = tenantId;

    public ReadOnlyMemory<byte> SecretSha256 { get; } = secretSha256;

    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    public bool Revoked { get; } = revoked;

    /// <summary>Empty where the key narrows nothing.</summary>
    public ByteString GrantSha256 { get; } = grantSha256;
}

/// <summary>What a key narrows below its tenant's policy.</summary>
/// <param name="Models">Null: all that the tenant may use.</param>
internal sealed record LoadedGrant(NamePattern[]? Models)
{
    /// <summary>What the key itself may use, within what limits its tenant.</summary>
    public (LimitKind Kind, long Value)[] Limits { get; init; } = [];
}
