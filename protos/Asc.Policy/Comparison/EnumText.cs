namespace Asc.Policy.Comparison;

/// <summary>Values of the documents' enums as they are written in YAML.</summary>
internal static class EnumText
{
    /// <summary>E.g. "least-latency"; of flags all, e.g. "rate-limit, server-error".</summary>
    public static string Of(Enum value)
    {
        var name = value.ToString();
        return string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) && char.IsLower(name[i - 1]) ? $"-{letter}" : $"{letter}")).ToLowerInvariant();
    }
}
