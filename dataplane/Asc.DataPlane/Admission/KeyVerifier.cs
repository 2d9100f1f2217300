using Asc.Contracts.Credentials;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Admission;

/// <summary>Whether a presented key is in force: the secret first, so that only who holds it learns that the key is revoked or expired. A seam: tests prove that without its revocation check they fail.</summary>
internal interface IKeyVerifier
{
    /// <summary>Whether the secret is the key's, in constant time.</summary>
    bool Fits(AccessKey key, ReadOnlySpan<char> presented);

    /// <summary><see cref="ErrorCode.None"/> where the key is in force.</summary>
    ErrorCode StateOf(AccessKey key, DateTimeOffset now);
}

internal sealed class KeyVerifier : IKeyVerifier
{
    public bool Fits(AccessKey key, ReadOnlySpan<char> presented) => BearerSecret.Matches(presented, key.SecretSha256.Span);

    public ErrorCode StateOf(AccessKey key, DateTimeOffset now) =>
        key.Revoked ? ErrorCode.KeyRevoked : key.ExpiresAt <= now ? ErrorCode.KeyExpired : ErrorCode.None;
}
