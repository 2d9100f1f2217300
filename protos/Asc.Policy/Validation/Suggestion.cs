namespace Asc.Policy.Validation;

/// <summary>The name that was probably meant.</summary>
public static class Suggestion
{
    /// <summary>The nearest of <paramref name="known"/> by edit distance; null where none is near.</summary>
    public static string? For(string text, IEnumerable<string> known)
    {
        var limit = Math.Max(1, text.Length / 3);
        return known
            .Select(candidate => (candidate, distance: Distance(text, candidate)))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    // Levenshtein's, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
