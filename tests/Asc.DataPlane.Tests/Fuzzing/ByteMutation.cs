namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>Changes bytes, whatever they mean.</summary>
internal static class ByteMutation
{
    private static readonly byte[][] Pieces = [[0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [.. "\r\n"u8], [.. "\n\n"u8], [.. "\r"u8], [.. "data: "u8], [.. "\""u8], [.. "\\"u8], [.. "\\u"u8], [.. "{"u8], [.. "]"u8], [.. ","u8], [.. "//"u8], [.. "NaN"u8]];

    public static byte[] Of(byte[] bytes, Random random, byte[] other)
    {
        for (var times = 1 + random.Next(3); times > 0; times--)
        {
            bytes = Change(bytes, random, other);
        }

        return bytes;
    }

    private static byte[] Change(byte[] bytes, Random random, byte[] other)
    {
        var (from, to) = (random.Next(bytes.Length + 1), random.Next(bytes.Length + 1));
        (from, to) = (Math.Min(from, to), Math.Max(from, to));
        switch (random.Next(7))
        {
            case 0 when bytes.Length > 0:
                var flipped = bytes.ToArray();
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..from];
            case 2:
                return [.. bytes.AsSpan(0, from), .. bytes.AsSpan(to)];
            case 3:
                return [.. bytes.AsSpan(0, to), .. bytes.AsSpan(from)];
            case 4:
                return [.. bytes.AsSpan(0, from), .. other.AsSpan(random.Next(other.Length + 1))];
            case 5:
                return [.. bytes.AsSpan(0, from), .. Pieces[random.Next(Pieces.Length)], .. bytes.AsSpan(from)];
            default:
                var spoilt = bytes.ToArray();
                random.NextBytes(spoilt.AsSpan(from, Math.Min(4, spoilt.Length - from)));
                return spoilt;
        }
    }
}
