namespace Asc.Simulator;

/// <summary>A name, or a prefix followed by <c>*</c>.</summary>
internal static class NamePattern
{
    public static bool IsPrefix(string pattern) => pattern.EndsWith('*');

    public static bool Matches(string pattern, string name) => IsPrefix(pattern)
        ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
        : string.Equals(pattern, name, StringComparison.Ordinal);
}
