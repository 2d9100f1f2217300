using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Asc.Cli.Output;

/// <summary>Instants and spans as the CLI writes and reads them.</summary>
internal static class Instant
{
    // In seconds; beyond it no instant is left to reckon with.
    private const double Century = 36_525 * 86_400.0;

    /// <summary>RFC 3339, UTC, milliseconds.</summary>
    public static string? Text(Timestamp? at) => at?.ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>An instant, a date, or a span before now ("10m", "24h", "7d").</summary>
    /// <exception cref="CliException">The text is none.</exception>
    public static Timestamp Parse(string text, bool spanIsFuture, DateTimeOffset now)
    {
        if (TrySpan(text) is { } span)
        {
            return Timestamp.FromDateTimeOffset(spanIsFuture ? now + span : now - span);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? Timestamp.FromDateTimeOffset(at)
            : throw new CliException(ExitCode.Usage, "invalid_time", $"\"{text}\" is neither a time nor a span.", "Write e.g. 2026-11-24T10:00:00Z, 2026-11-24, 10m, 24h or 7d.");
    }

    /// <exception cref="CliException">The text is none.</exception>
    public static TimeSpan Span(string text) => TrySpan(text)
        ?? throw new CliException(ExitCode.Usage, "invalid_duration", $"\"{text}\" is not a duration.", "Write e.g. 30s, 10m, 24h or 7d.");

    /// <summary>Null where the text is none.</summary>
    public static TimeSpan? TrySpan(string text) =>
        text.Length > 1
        && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number * SecondsIn(text[^1]) is <= Century and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static double SecondsIn(char unit) => unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => double.NaN };
}
