namespace Asc.Policy.Compilation;

/// <summary>A set of names of one policy, a bit each.</summary>
internal readonly struct NameSet(int count)
{
    private readonly ulong[] words = new ulong[(count + 63) / 64];

    public bool Contains(CompiledName name) => (words[name.Index >> 6] & (1UL << name.Index)) != 0;

    public void Add(CompiledName name) => words[name.Index >> 6] |= 1UL << name.Index;

    public NameSet IntersectWith(NameSet other) => Combine(other, static (a, b) => a & b);

    public NameSet UnionWith(NameSet other) => Combine(other, static (a, b) => a | b);

    public NameSet Without(NameSet other) => Combine(other, static (a, b) => a & ~b);

    private NameSet Combine(NameSet other, Func<ulong, ulong, ulong> operation)
    {
        var result = new NameSet(words.Length * 64);
        for (var i = 0; i < words.Length; i++)
        {
            result.words[i] = operation(words[i], other.words[i]);
        }

        return result;
    }
}
