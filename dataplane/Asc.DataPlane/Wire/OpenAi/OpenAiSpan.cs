using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Spans of time in OpenAI's headers.</summary>
internal static class OpenAiSpan
{
    private static readonly StringValues[] Milliseconds = [.. Enumerable.Range(0, 1000).Select(count => new StringValues(count == 0 ? "0s" : $"{count}ms"))];
    private static readonly StringValues[] Tenths = [.. Enumerable.Range(0, 600).Select(count => new StringValues($"{(count / 10m).ToString("0.#", CultureInfo.InvariantCulture)}s"))];

    /// <summary>As OpenAI writes spans: 120ms, 1.5s, 6m0s; rounded up.</summary>
    public static StringValues Of(long ticks)
    {
        var milliseconds = (ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        if (milliseconds < 1000)
        {
            return Milliseconds[Math.Max(0, milliseconds)];
        }

        var tenths = (milliseconds + 99) / 100;
        if (tenths < 600)
        {
            return Tenths[tenths];
        }

        var seconds = (milliseconds + 999) / 1000;
        var (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return hours > 0 ? $"{hours}h{minutes}m{rest}s" : $"{minutes}m{rest}s";
    }
}
