using System.Text.Json;

namespace Asc.Simulator.Tests;

/// <summary>A server-sent event of an <c>event:</c> line and a <c>data:</c> line.</summary>
public sealed record NamedEvent(string Name, string Data)
{
    /// <summary>Stands for a connection that ended before the answer did.</summary>
    public const string Broken = "(connection broken)";

    public JsonElement Json => JsonDocument.Parse(Data).RootElement;

    public bool IsDelta => Name == "content_block_delta";

    /// <summary>All events up to the end, or up to where the connection broke.</summary>
    public static async Task<List<NamedEvent>> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        var events = new List<NamedEvent>();
        using var reader = new StreamReader(stream);
        try
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } first)
            {
                var data = await reader.ReadLineAsync(cancellationToken);
                var blank = await reader.ReadLineAsync(cancellationToken);
                Assert.That(first, Does.StartWith("event: "));
                Assert.That(data, Does.StartWith("data: "));
                Assert.That(blank, Is.Empty);
                events.Add(new NamedEvent(first["event: ".Length..], data!["data: ".Length..]));
            }
        }
        catch (IOException)
        {
            events.Add(new NamedEvent(Broken, ""));
        }

        return events;
    }

    /// <summary>What the pieces of a field of the deltas make together, in one block or in all.</summary>
    public static string Joined(IEnumerable<NamedEvent> events, string field, int? block = null) => string.Concat(events
        .Where(one => one.IsDelta && (block is null || one.Json.GetProperty("index").GetInt32() == block))
        .Select(one => one.Json.GetProperty("delta"))
        .Where(delta => delta.TryGetProperty(field, out _))
        .Select(delta => delta.GetProperty(field).GetString()));
}
