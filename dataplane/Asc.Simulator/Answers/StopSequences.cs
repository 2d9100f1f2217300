using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Answers;

/// <summary>Ends text before the first stop sequence in it.</summary>
internal static class StopSequences
{
    /// <summary>The sequences of a request whose <c>stop</c> is a string, or several, or absent.</summary>
    public static IReadOnlyList<string> Of(JsonElement body) =>
        !body.TryGetPresent("stop", out var stop) ? []
        : stop.ValueKind == JsonValueKind.String ? [stop.GetString()!]
        : [.. stop.EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>The text that is left, and the sequence that ended it; null if none did.</summary>
    public static (string Text, string? Stop) Apply(string text, IReadOnlyList<string> stops)
    {
        var (end, by) = (text.Length, default(string));
        foreach (var stop in stops.Where(stop => stop.Length > 0))
        {
            var found = text.IndexOf(stop, StringComparison.Ordinal);
            (end, by) = found >= 0 && found < end ? (found, stop) : (end, by);
        }

        return (text[..end], by);
    }
}
