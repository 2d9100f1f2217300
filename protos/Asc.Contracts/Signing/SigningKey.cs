using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Asc.Contracts.Signing;

/// <summary>
/// A named Ed25519 private key (RFC 8032) in the signed-note encoding (C2SP signed-note), so that stock tools can use the same keys.
/// It can't print itself; <see cref="Export"/> is the one way out, for the file that keeps it.
/// </summary>
public sealed class SigningKey
{
    private const string PrivatePrefix = "PRIVATE+KEY+";
    private readonly byte[] seed;

    private SigningKey(string name, byte[] seed)
    {
        this.seed = seed;
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, publicKey, 0);
        Verifier = new VerifierKey(name, publicKey);
    }

    /// <summary>The public half, to be configured on whoever verifies.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>A fresh key.</summary>
    /// <param name="name">Names the key to people; without spaces and plus signs.</param>
    public static SigningKey Generate(string name) => new(name, RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <summary>Reads what <see cref="Export"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no such key.</exception>
    public static SigningKey Parse(string text)
    {
        // "PRIVATE+KEY+name+hash+base64": split from the left, base64 may hold plus signs.
        var parts = text.Trim().StartsWith(PrivatePrefix, StringComparison.Ordinal)
            ? text.Trim()[PrivatePrefix.Length..].Split('+', 3)
            : throw new FormatException($"a signing key starts with {PrivatePrefix}");
        var key = parts.Length == 3 ? VerifierKey.Decode(parts[2], Ed25519.SecretKeySize) : throw new FormatException("a signing key has a name, an id and a key");
        var signingKey = new SigningKey(parts[0], key);
        return signingKey.Verifier.IdHex == parts[1] ? signingKey : throw new FormatException("the signing key's id does not fit its key");
    }

    /// <summary>The key as text: a secret.</summary>
    public string Export() => $"{PrivatePrefix}{Verifier.Name}+{Verifier.IdHex}+{VerifierKey.Encode(seed)}";

    /// <summary>Signs <paramref name="content"/> for one <paramref name="purpose"/> only.</summary>
    public Distribution.V1.Signature Sign(SignaturePurpose purpose, ReadOnlySpan<byte> content)
    {
        var message = purpose.Separate(content);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return new() { KeyId = Verifier.KeyId, Value = Google.Protobuf.ByteString.CopyFrom(signature) };
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => $"signing key {Verifier.KeyId}";
}
