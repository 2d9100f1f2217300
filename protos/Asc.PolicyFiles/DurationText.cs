using System.Globalization;
using System.Text.RegularExpressions;

namespace Asc.PolicyFiles;

/// <summary>Durations as people write them: a whole number and its unit.</summary>
internal static partial class DurationText
{
    private static readonly (string Unit, TimeSpan Span)[] Units =
        [("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1))];

    public static TimeSpan? Parse(string text) => Pattern().Match(text) is { Success: true } match
        ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * Array.Find(Units, unit => unit.Unit == match.Groups[2].Value).Span
        : null;

    /// <summary>In the largest unit that it is a whole number of.</summary>
    public static string Of(TimeSpan span)
    {
        var (unit, of) = Array.Find(Units, unit => span.Ticks % unit.Span.Ticks == 0) is { Unit: not null } fitting ? fitting : Units[^1];
        return string.Create(CultureInfo.InvariantCulture, $"{span / of:0}{unit}");
    }

    [GeneratedRegex(@"^([0-9]{1,7})(ms|s|m|h)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
