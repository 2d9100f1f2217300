using System.Text.Json;

namespace Asc.Simulator.Tests;

/// <summary>What tests ask of streamed chunks.</summary>
internal static class Chunks
{
    public static List<JsonElement> Of(IEnumerable<string> events) =>
        [.. events.Where(data => data.StartsWith('{')).Select(data => JsonDocument.Parse(data).RootElement)];

    public static string Text(IEnumerable<JsonElement> chunks, int choice = 0) =>
        string.Concat(Deltas(chunks, choice).Where(delta => delta.TryGetProperty("content", out _)).Select(delta => delta.GetProperty("content").GetString()));

    public static IEnumerable<JsonElement> Deltas(IEnumerable<JsonElement> chunks, int choice = 0) => chunks
        .SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
        .Where(item => item.GetProperty("index").GetInt32() == choice)
        .Select(item => item.GetProperty("delta"));

    public static int ContentEvents(IEnumerable<string> events) =>
        events.Count(data => data.Contains("\"delta\":{\"content\":", StringComparison.Ordinal));
}
