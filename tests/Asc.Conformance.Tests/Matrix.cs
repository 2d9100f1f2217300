using System.Diagnostics;
using Asc.Conformance.Tests.Clients;

namespace Asc.Conformance.Tests;

/// <summary>All conversations, held once: each column's one after the other, the columns at the same time.</summary>
internal sealed class Matrix
{
    private readonly Dictionary<Cell, IReadOnlyList<string>> problems = [];
    private readonly Dictionary<SdkClient, string> absent = [];

    public TimeSpan Took { get; private set; }

    /// <summary>Why clients are absent; empty if all are there.</summary>
    public IReadOnlyCollection<string> Absences => absent.Values;

    public static async Task<Matrix> RunAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var matrix = new Matrix();
        await using var bed = await Bed.StartAsync();
        await Task.WhenAll(SdkClient.All.Select(client => Task.Run(() => matrix.RunAsync(bed, client))));
        matrix.Took = Stopwatch.GetElapsedTime(started);
        return matrix;
    }

    public string? AbsenceOf(SdkClient client) => absent.GetValueOrDefault(client);

    public IReadOnlyList<string> ProblemsOf(Cell cell) => problems[cell];

    private async Task RunAsync(Bed bed, SdkClient client)
    {
        await using (client)
        {
            if (await client.StartAsync() is { } reason)
            {
                lock (absent)
                {
                    absent[client] = reason;
                }

                return;
            }

            await Task.WhenAll(Cell.All.Where(cell => cell.Client == client).GroupBy(cell => cell.Column).Select(column => RunAsync(bed, column)));
        }
    }

    private async Task RunAsync(Bed bed, IEnumerable<Cell> column)
    {
        foreach (var cell in column)
        {
            var found = await ProblemsAsync(bed, cell);
            lock (problems)
            {
                problems[cell] = found;
            }
        }
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(Bed bed, Cell cell)
    {
        try
        {
            var (heard, records) = await bed.HoldAsync(cell);
            return [.. cell.Problems(heard, records)];
        }
        catch (Exception exception)
        {
            return [exception.ToString()];
        }
    }
}
