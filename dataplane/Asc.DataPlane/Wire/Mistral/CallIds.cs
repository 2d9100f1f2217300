using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>
/// The ids by which Mistral knows calls: 9 letters and digits (facts: 2.4, code 3280). Of any other id one is made, the same each time, so that a call and its
/// answer agree, in each request of a conversation and on each node.
/// </summary>
internal static class CallIds
{
    public const int Length = 9;
    private static readonly SearchValues<byte> Letters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static ReadOnlySpan<byte> Alphabet => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    /// <summary>Of an id in a request, however it is written.</summary>
    public static ReadOnlySpan<byte> Of(JsonElement id) => Of(Encoding.UTF8.GetBytes(id.GetString()!));

    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> id)
    {
        if (id.Length == Length && !id.ContainsAnyExcept(Letters))
        {
            return id;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, hash);
        var number = BinaryPrimitives.ReadUInt64BigEndian(hash);
        var made = new byte[Length];
        foreach (ref var letter in made.AsSpan())
        {
            (number, var digit) = Math.DivRem(number, (ulong)Alphabet.Length);
            letter = Alphabet[(int)digit];
        }

        return made;
    }
}
