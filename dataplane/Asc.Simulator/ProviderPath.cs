namespace Asc.Simulator;

/// <summary>The first two segments of a provider's base URL: <c>/{region}/{protocol}/…</c>. Empty where absent.</summary>
internal readonly record struct ProviderPath(string Region, string Protocol)
{
    public static ProviderPath Parse(string path)
    {
        var segments = path.Split('/', 4);
        return segments.Length >= 3 && IsRegion(segments[1])
            ? new ProviderPath(segments[1], segments[2])
            : new ProviderPath("", "");
    }

    private static bool IsRegion(string segment) =>
        segment.Length > 0 && segment.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
