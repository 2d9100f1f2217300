using System.Globalization;
using Asc.Policy.Compilation;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Rates;

/// <summary>What an answer tells of limits, in OpenAI's names and formats: of each kind the limit that is nearest to refusing.</summary>
internal static class RateHeaders
{
    private const int Known = 1024;
    private static readonly StringValues[] Numbers = [.. Enumerable.Range(0, Known).Select(number => new StringValues(number.ToString(CultureInfo.InvariantCulture)))];
    private static readonly StringValues[] Milliseconds = [.. Enumerable.Range(0, 1000).Select(count => new StringValues(count == 0 ? "0s" : $"{count}ms"))];
    private static readonly StringValues[] Tenths = [.. Enumerable.Range(0, 600).Select(count => new StringValues($"{(count / 10m).ToString("0.#", CultureInfo.InvariantCulture)}s"))];

    /// <param name="reserve">What the request's workload leaves to others isn't there for it.</param>
    public static void Write(RateTaking taking, IHeaderDictionary headers, long now, double reserve)
    {
        BoundLimit? requests = null;
        BoundLimit? tokens = null;
        long requestsLeft = 0, tokensLeft = 0;
        for (var i = 0; i < taking.Count; i++)
        {
            var limit = taking[i];
            if (limit.Limit.IsObserved)
            {
                continue;
            }

            if (limit.Kind == LimitKind.Requests)
            {
                Tightest(limit, now, reserve, ref requests, ref requestsLeft);
            }
            else if (limit.Kind == LimitKind.Tokens)
            {
                Tightest(limit, now, reserve, ref tokens, ref tokensLeft);
            }
        }

        if (requests is not null)
        {
            headers["x-ratelimit-limit-requests"] = requests.ValueHeader;
            headers["x-ratelimit-remaining-requests"] = Number(requestsLeft);
            headers["x-ratelimit-reset-requests"] = Duration(requests.Counter.TimeToFull(now));
        }

        if (tokens is not null)
        {
            headers["x-ratelimit-limit-tokens"] = tokens.ValueHeader;
            headers["x-ratelimit-remaining-tokens"] = Number(tokensLeft);
            headers["x-ratelimit-reset-tokens"] = Duration(tokens.Counter.TimeToFull(now));
        }
    }

    /// <summary>As OpenAI writes spans: 120ms, 1.5s, 6m0s; rounded up.</summary>
    public static StringValues Duration(long ticks)
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

    private static void Tightest(BoundLimit limit, long now, double reserve, ref BoundLimit? tightest, ref long left)
    {
        if (limit.Counter.Remaining(now, reserve) is var remaining && (tightest is null || remaining < left))
        {
            (tightest, left) = (limit, remaining);
        }
    }

    private static StringValues Number(long number) => number < Known ? Numbers[Math.Max(0, number)] : number.ToString(CultureInfo.InvariantCulture);
}
