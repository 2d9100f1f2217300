using System.Globalization;
using System.Text;
using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Resilience;

/// <summary>How long a provider asks to be left alone: <c>retry-after</c> in seconds or as a date (RFC 9110, 10.2.3), or OpenAI's <c>retry-after-ms</c>.</summary>
internal static class RetryAfter
{
    /// <summary>Null where nothing is asked, or nonsense.</summary>
    public static TimeSpan? Of(UpstreamHead head, DateTimeOffset now) =>
        Number(head["retry-after-ms"u8]) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
        // Some providers send fractions, and SDKs read them.
        : Number(head["retry-after"u8]) is { } seconds ? TimeSpan.FromSeconds(seconds)
        : Until(Encoding.ASCII.GetString(head["retry-after"u8]), now);

    /// <summary>As <c>retry-after</c> says it to a client: whole seconds, none too few.</summary>
    public static string Seconds(TimeSpan wait) => AtLeast(wait.TotalSeconds);

    /// <summary>As <c>retry-after-ms</c> says it: OpenAI's and Anthropic's SDKs look there first.</summary>
    public static string Milliseconds(TimeSpan wait) => AtLeast(wait.TotalMilliseconds);

    private static string AtLeast(double units) => Math.Max(1, (long)Math.Ceiling(units)).ToString(CultureInfo.InvariantCulture);

    private static TimeSpan? Until(string value, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date > now ? date - now : TimeSpan.Zero
            : null;

    private static double? Number(ReadOnlySpan<byte> value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < int.MaxValue ? number : null;
}
