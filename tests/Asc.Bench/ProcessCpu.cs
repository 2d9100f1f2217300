using System.Globalization;

namespace Asc.Bench;

/// <summary>What a process and its children have used (proc(5)): user and system time, and resident memory.</summary>
internal sealed class ProcessCpu(params IReadOnlyList<int> pids)
{
    private const double TicksPerSecond = 100; // sysconf(_SC_CLK_TCK) on Linux

    /// <summary>Microseconds of CPU so far.</summary>
    public double Microseconds() => pids.Sum(pid =>
    {
        // The second field is the command in parentheses and may hold blanks.
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ", 2)[1].Split(' ');
        return (Tick(fields[11]) + Tick(fields[12])) / TicksPerSecond * 1e6;
    });

    /// <summary>Resident kilobytes, now.</summary>
    public long ResidentKilobytes() => pids.Sum(pid => File.ReadLines($"/proc/{pid}/status")
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
        .FirstOrDefault());

    private static long Tick(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
