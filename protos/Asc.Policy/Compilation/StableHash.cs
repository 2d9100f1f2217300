namespace Asc.Policy.Compilation;

/// <summary>Hashes that are the same on every node and in every version: what sticks to a deployment sticks everywhere. Not for secrets.</summary>
public static class StableHash
{
    /// <summary>FNV-1a over the text's UTF-16 units, then mixed.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebUL;
        return value ^ (value >> 31);
    }

    /// <summary>A number above 0 and below 1 that depends on both.</summary>
    public static double Unit(ulong draw, ulong of) => ((Mix(draw ^ of) >> 11) + 0.5) * (1.0 / (1UL << 53));
}
