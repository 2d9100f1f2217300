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
