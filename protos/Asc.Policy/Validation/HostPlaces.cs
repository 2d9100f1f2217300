namespace Asc.Policy.Validation;

/// <summary>Where a provider's public hosts process. Of a name under its domain that isn't listed nothing is known: it may keep data in a region and process elsewhere.</summary>
/// <param name="Domain">The provider's.</param>
/// <param name="Places">By host.</param>
/// <param name="Advice">How to get a region there.</param>
internal sealed record HostPlaces(string Domain, IReadOnlyDictionary<string, string> Places, string Advice)
{
    /// <summary>The region of what processes anywhere.</summary>
    public const string Anywhere = "global";

    // developers.openai.com, data residency; platform.claude.com, data residency; docs.mistral.ai, regional inference.
    private static readonly HostPlaces[] All =
    [
        new(
            "openai.com",
            new[] { "us", "eu", "au", "in", "jp", "ae" }.ToDictionary(region => $"{region}.api.openai.com").Append(new("api.openai.com", Anywhere)).ToDictionary(),
            "use one of OpenAI's hosts of a region: us, eu, au, in, jp or ae.api.openai.com"),
        new(
            "anthropic.com",
            new Dictionary<string, string> { ["api.anthropic.com"] = Anywhere },
            "write inferenceGeo: us and region: us, or reach Claude where the host tells the region"),
        new(
            "mistral.ai",
            new Dictionary<string, string> { ["api.mistral.ai"] = Anywhere, ["api.eu.mistral.ai"] = "eu", ["api.us.mistral.ai"] = "us" },
            "use one of Mistral's hosts of a region: api.eu.mistral.ai or api.us.mistral.ai"),
    ];

    /// <summary>Those of the provider whose host this is; null: of none that is known.</summary>
    public static HostPlaces? Of(string host) =>
        Array.Find(All, provider => host == provider.Domain || host.EndsWith($".{provider.Domain}", StringComparison.Ordinal));

    /// <summary>A URL's host as it is compared: DNS looks at neither case nor the root's dot at its end.</summary>
    public static string HostOf(Uri url) => url.IdnHost.ToLowerInvariant().TrimEnd('.');
}
