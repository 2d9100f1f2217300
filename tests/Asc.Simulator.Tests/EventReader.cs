namespace Asc.Simulator.Tests;

/// <summary>Reads server-sent events that consist of one <c>data:</c> line each.</summary>
internal static class EventReader
{
    /// <summary>All events up to the end, or up to where the connection broke.</summary>
    public static async Task<List<string>> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        var events = new List<string>();
        using var reader = new StreamReader(stream);
        try
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                Add(events, line);
            }
        }
        catch (IOException)
        {
            events.Add(Broken);
        }

        return events;
    }

    /// <summary>Stands for a connection that ended before the answer did.</summary>
    public const string Broken = "(connection broken)";

    private static void Add(List<string> events, string line)
    {
        if (line.Length > 0)
        {
            Assert.That(line, Does.StartWith("data: "));
            events.Add(line["data: ".Length..]);
        }
    }
}
