using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Asc.Contracts.Signing;

/// <summary>A named Ed25519 public key, as text "name+id+base64" (C2SP signed-note). Configured out of band on whoever verifies.</summary>
public sealed class VerifierKey
{
    private const byte Ed25519Algorithm = 0x01;
    private readonly byte[] publicKey;

    internal VerifierKey(string name, byte[] publicKey)
    {
        this.publicKey = publicKey;
        Name = name;
        IdHex = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, Ed25519Algorithm, .. publicKey]).AsSpan(0, 4));
    }

    /// <summary>Names the key to people.</summary>
    public string Name { get; }

    /// <summary>What signatures name: "name+id".</summary>
    public string KeyId => $"{Name}+{IdHex}";

    internal string IdHex { get; }

    /// <exception cref="FormatException">The text is no such key.</exception>
    public static VerifierKey Parse(string text)
    {
        var parts = text.Trim().Split('+', 3);
        if (parts.Length != 3 || parts[0].Length == 0)
        {
            throw new FormatException("a verifier key is \"name+id+base64\"");
        }

        var key = new VerifierKey(parts[0], Decode(parts[2], Ed25519.PublicKeySize));
        return key.IdHex == parts[1] ? key : throw new FormatException($"the verifier key {parts[0]} has an id that does not fit its key");
    }

    /// <summary>Whether <paramref name="signature"/> is this key's over <paramref name="content"/> for <paramref name="purpose"/>.</summary>
    public bool Verifies(SignaturePurpose purpose, ReadOnlySpan<byte> content, Distribution.V1.Signature signature)
    {
        if (signature.KeyId != KeyId || signature.Value.Length != Ed25519.SignatureSize)
        {
            return false;
        }

        var message = purpose.Separate(content);
        return Ed25519.Verify(signature.Value.ToByteArray(), 0, publicKey, 0, message, 0, message.Length);
    }

    /// <summary>The key as text, to be configured.</summary>
    public override string ToString() => $"{KeyId}+{Encode(publicKey)}";

    internal static string Encode(byte[] key) => Convert.ToBase64String([Ed25519Algorithm, .. key]);

    internal static byte[] Decode(string text, int size)
    {
        var bytes = Convert.FromBase64String(text);
        return bytes.Length == size + 1 && bytes[0] == Ed25519Algorithm
            ? bytes[1..]
            : throw new FormatException("the key is not an Ed25519 key");
    }
}
