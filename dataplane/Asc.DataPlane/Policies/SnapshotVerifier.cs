using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Signing;

namespace Asc.DataPlane.Policies;

/// <summary>Says whether what arrives was signed by a key that this node was told to trust. A seam: tests prove that without it they fail.</summary>
internal interface ISignatureVerifier
{
    /// <summary>Null where the signature holds, else what is wrong with it.</summary>
    string? Problem(SignaturePurpose purpose, ReadOnlySpan<byte> content, Signature? signature);
}

/// <summary>Ed25519 over the exact bytes received; required, whatever the message says.</summary>
internal sealed class SignatureVerifier(IReadOnlyList<VerifierKey> trusted) : ISignatureVerifier
{
    public string? Problem(SignaturePurpose purpose, ReadOnlySpan<byte> content, Signature? signature)
    {
        if (signature is null || signature.Value.IsEmpty)
        {
            return "it is not signed";
        }

        foreach (var key in trusted)
        {
            if (key.KeyId == signature.KeyId)
            {
                return key.Verifies(purpose, content, signature) ? null : $"its signature by {signature.KeyId} does not fit its content";
            }
        }

        return $"it is signed by {signature.KeyId}, which this node does not trust";
    }
}
