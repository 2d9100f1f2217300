namespace Asc.Policy.Documents;

/// <summary>A data class's rule as people read it.</summary>
public static class DataClassText
{
    /// <summary>E.g. "hipaa-baa, no caching"; "nothing" where it demands nothing.</summary>
    public static string Of(DataClassRule rule)
    {
        var parts = new List<string>(rule.RequireAttestations);
        if (rule.ForbidCaching)
        {
            parts.Add("no caching");
        }

        if (rule.ForbidContentCapture)
        {
            parts.Add("no content capture");
        }

        return parts.Count == 0 ? "nothing" : string.Join(", ", parts);
    }
}
