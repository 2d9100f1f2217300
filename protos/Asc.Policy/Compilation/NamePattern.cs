namespace Asc.Policy.Compilation;

/// <summary>A name, or a prefix and "*". The only patterns that policy knows.</summary>
public readonly record struct NamePattern(string Text)
{
    /// <summary>Whether it is a prefix and "*".</summary>
    public bool IsPrefix => Text.EndsWith('*');

    /// <summary>Whether <paramref name="name"/> is meant; case matters.</summary>
    public bool Matches(ReadOnlySpan<char> name) =>
        IsPrefix ? name.StartsWith(Text.AsSpan(0, Text.Length - 1), StringComparison.Ordinal) : name.SequenceEqual(Text);

    /// <summary>Whether everything that <paramref name="other"/> matches is matched by this.</summary>
    public bool Covers(NamePattern other) =>
        IsPrefix ? other.Text.AsSpan().TrimEnd('*').StartsWith(Text.AsSpan(0, Text.Length - 1), StringComparison.Ordinal) : this == other;

    /// <summary>Whether any of <paramref name="patterns"/> matches.</summary>
    public static bool AnyMatches(ReadOnlySpan<NamePattern> patterns, ReadOnlySpan<char> name)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(name))
            {
                return true;
            }
        }

        return false;
    }
}
