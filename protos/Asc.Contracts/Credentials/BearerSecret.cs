using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Asc.Contracts.Credentials;

/// <summary>
/// A bearer secret that ASC issues: a prefix, a random public id and a random secret, in Crockford's base 32.
/// Only its SHA-256 is kept (256 random bits need no slow hash). It can't print itself; <see cref="Reveal"/> is for the one time it is shown.
/// </summary>
public sealed class BearerSecret
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int SecretLength = 52; // 260 bits
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);
    private readonly string text;

    private BearerSecret(string id, string text)
    {
        Id = id;
        this.text = text;
    }

    /// <summary>The public part's length in characters, without prefix: 60 bits.</summary>
    public const int IdLength = 12;

    /// <summary>The public part with the prefix of its kind, e.g. "k_…".</summary>
    public string Id { get; }

    /// <summary>What is kept of it: SHA-256 of the whole text in UTF-8.</summary>
    public byte[] Sha256() => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The secret, to be shown once.</summary>
    public string Reveal() => text;

    /// <summary>Never the secret.</summary>
    public override string ToString() => Id;

    /// <summary>A random public id: <see cref="IdLength"/> characters.</summary>
    public static string RandomId() => RandomNumberGenerator.GetString(Alphabet, IdLength);

    /// <summary>A fresh secret of <paramref name="kind"/>.</summary>
    public static BearerSecret Issue(SecretKind kind)
    {
        var id = RandomId();
        return new(kind.IdPrefix + id, kind.TextPrefix + id + RandomNumberGenerator.GetString(Alphabet, SecretLength));
    }

    /// <summary>Whether <paramref name="presented"/> has the form of a secret of <paramref name="kind"/>; no more than the form is checked.</summary>
    /// <param name="idCharacters">The <see cref="IdLength"/> characters that name it.</param>
    public static bool TryReadId(SecretKind kind, ReadOnlySpan<char> presented, out ReadOnlySpan<char> idCharacters)
    {
        var start = kind.TextPrefix.Length;
        if (presented.Length != start + IdLength + SecretLength || !presented.StartsWith(kind.TextPrefix, StringComparison.Ordinal))
        {
            idCharacters = default;
            return false;
        }

        idCharacters = presented.Slice(start, IdLength);
        return !presented[start..].ContainsAnyExcept(Characters);
    }

    /// <summary>Compares in constant time.</summary>
    /// <param name="presented">The text as the caller sent it; ASCII, as <see cref="TryReadId"/> has made sure.</param>
    /// <param name="sha256">What was kept when it was issued, 32 bytes.</param>
    public static bool Matches(ReadOnlySpan<char> presented, ReadOnlySpan<byte> sha256)
    {
        Span<byte> utf8 = stackalloc byte[presented.Length];
        Encoding.ASCII.GetBytes(presented, utf8);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, hash);
        return CryptographicOperations.FixedTimeEquals(hash, sha256);
    }
}
