using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Asc.Bench;

/// <summary>Closed-loop JSON load by wrk, on the load's core.</summary>
internal static partial class Wrk
{
    /// <returns>Requests done, errors among them, and latency percentiles in microseconds.</returns>
    public static async Task<WrkResult> RunAsync(Uri url, string script, int connections, TimeSpan time)
    {
        var start = new ProcessStartInfo("taskset", [
            "-c", Cores.Load, "wrk", "-t1", $"-c{connections}", $"-d{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s", "--latency", "-s", script, url.ToString(),
        ]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"wrk, which is to put load on {url}, ended with {process.ExitCode}; what it says of that is above.");
        }

        var errors = NonOk().Match(text) is { Success: true } bad ? long.Parse(bad.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return new(long.Parse(Requests().Match(text).Groups[1].Value, CultureInfo.InvariantCulture), errors, Percentile(text, "50%"), Percentile(text, "99%"));
    }

    private static double Percentile(string text, string which)
    {
        var match = Regex.Match(text, which + @"\s+([\d.]+)(us|ms|s)\b");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch { "us" => 1, "ms" => 1e3, _ => 1e6 };
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex NonOk();
}

internal sealed record WrkResult(long Requests, long Errors, double P50, double P99);
