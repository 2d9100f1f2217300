using Asc.Contracts.Credentials;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Admission;

/// <summary>Whether a presented key is in force. A seam: tests prove that without its revocation check they fail.</summary>
internal interface IKeyVerifier
{
    /// <summary><see cref="ErrorCode.None"/> where the secret fits and the key is in force.</summary>
    ErrorCode Judge(AccessKey key, ReadOnlySpan<char> presented, DateTimeOffset now);
}

/// <summary>The secret first, in constant time: only who holds it learns that a key is revoked or expired.</summary>
internal sealed class KeyVerifier : IKeyVerifier
{
    public ErrorCode Judge(AccessKey key, ReadOnlySpan<char> presented, DateTimeOffset now) =>
        !BearerSecret.Matches(presented, key.SecretSha256.Span) ? ErrorCode.InvalidApiKey
        : key.Revoked ? ErrorCode.KeyRevoked
        : key.ExpiresAt <= now ? ErrorCode.KeyExpired
        : ErrorCode.None;
}
