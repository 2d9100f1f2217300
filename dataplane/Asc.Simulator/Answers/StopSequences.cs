namespace Asc.Simulator.Answers;

/// <summary>Ends text before the first stop sequence in it.</summary>
internal static class StopSequences
{
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
