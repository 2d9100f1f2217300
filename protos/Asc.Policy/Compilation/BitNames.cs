using System.Collections.Frozen;

namespace Asc.Policy.Compilation;

/// <summary>Names of one kind in one policy, each a bit, so that a rule over them is one AND.</summary>
public sealed class BitNames
{
    /// <summary>How many names of one kind a policy may have.</summary>
    public const int Maximum = 64;

    private readonly FrozenDictionary<string, int> indices;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    /// <exception cref="PolicyCompilationException">There are more than <see cref="Maximum"/>.</exception>
    internal BitNames(string kind, IEnumerable<string> names)
    {
        string[] distinct = [.. names.Distinct(StringComparer.Ordinal)];
        if (distinct.Length > Maximum)
        {
            throw new PolicyCompilationException($"the policy names more than {Maximum} {kind}");
        }

        indices = distinct.Index().ToFrozenDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        bySpan = indices.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many names there are.</summary>
    public int Count => indices.Count;

    /// <summary>The bit of <paramref name="name"/>; 0 where the policy doesn't know it.</summary>
    public ulong BitOf(ReadOnlySpan<char> name) => bySpan.TryGetValue(name, out var index) ? 1UL << index : 0;

    /// <summary>The bits of those names that the policy knows.</summary>
    public ulong MaskOf(IEnumerable<string> names)
    {
        ulong mask = 0;
        foreach (var name in names)
        {
            mask |= BitOf(name);
        }

        return mask;
    }

    /// <summary>The names in <paramref name="mask"/>.</summary>
    public IReadOnlyList<string> NamesIn(ulong mask) =>
        [.. indices.Where(pair => (mask & (1UL << pair.Value)) != 0).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
}
