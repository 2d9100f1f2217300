using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;

namespace Asc.PolicyFiles;

/// <summary>Durations as people write them: <c>250ms</c>, <c>2s</c>, <c>10m</c>, <c>1h</c>, <c>24h</c>; whole numbers, the largest first where combined (<c>1m30s</c>).</summary>
internal static partial class Durations
{
    /// <summary>Null where <paramref name="text"/> is none.</summary>
    public static Duration? Parse(string text)
    {
        if (Written().Match(text) is not { Success: true, Length: > 0 } match)
        {
            return null;
        }

        var milliseconds = Part(match, "h", 3_600_000) + Part(match, "m", 60_000) + Part(match, "s", 1000) + Part(match, "ms", 1);
        return Duration.FromTimeSpan(TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>What <see cref="Parse"/> reads back to the same.</summary>
    public static string Write(Duration duration)
    {
        var rest = (long)duration.ToTimeSpan().TotalMilliseconds;
        var text = "";
        foreach (var (unit, size) in ((string Unit, long Size)[])[("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)])
        {
            text += rest >= size ? string.Create(CultureInfo.InvariantCulture, $"{rest / size}{unit}") : "";
            rest %= size;
        }

        return text.Length > 0 ? text : "0s";
    }

    // Six digits are eleven days in seconds, and a hundred years in hours: nobody waits longer.
    [GeneratedRegex(@"^(?:(?<h>\d{1,6})h)?(?:(?<m>\d{1,6})m)?(?:(?<s>\d{1,6})s)?(?:(?<ms>\d{1,9})ms)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    private static double Part(Match match, string unit, double milliseconds) =>
        match.Groups[unit] is { Success: true } group ? double.Parse(group.Value, CultureInfo.InvariantCulture) * milliseconds : 0;
}
