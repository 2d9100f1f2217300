using System.Buffers;
using System.Text.RegularExpressions;

namespace Asc.Policy.Validation;

/// <summary>How tags, workloads, data classes and attestations may be called: so that they can stand in a header without disguise.</summary>
public static partial class AttributionNames
{
    /// <summary>How long a workload's, a data class's or an attestation's name may be.</summary>
    public const int NameMaximum = 63;

    /// <summary>How long a tag's key may be.</summary>
    public const int TagKeyMaximum = 64;

    /// <summary>How long a tag's value may be.</summary>
    public const int TagValueMaximum = 256;

    /// <summary>How a tag's key is said to be formed.</summary>
    public const string TagKeyRule = "letters, digits and \"-._\", 64 at most, a letter or digit first";

    /// <summary>How a tag's value is said to be formed.</summary>
    public const string TagValueRule = "1 to 256 printable ASCII characters without \",\" and \"=\", no blank at either end";

    private static readonly SearchValues<char> ValueCharacters = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except([',', '='])]);

    /// <summary>Whether <paramref name="text"/> may be a tag's key.</summary>
    public static bool IsTagKey(ReadOnlySpan<char> text) => TagKey().IsMatch(text);

    /// <summary>Whether <paramref name="text"/> may be a tag's value, where policy, a key or a header says it.</summary>
    public static bool IsTagValue(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= TagValueMaximum && !text.ContainsAnyExcept(ValueCharacters) && text[0] != ' ' && text[^1] != ' ';

    /// <summary>Whether <paramref name="text"/> may be a workload's, a data class's or an attestation's name.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => Name().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagKey();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
