namespace Asc.Policy.Validation;

/// <summary>
/// A provider whose host tells where it processes is declared so: a global endpoint that is called "eu" would break every residency rule at once.
/// (developers.openai.com, data residency: a prefix for each region; without one anywhere.)
/// </summary>
internal sealed class KnownHostsAreWhereTheySay : IPolicyRule
{
    private const string Anywhere = "global";
    private static readonly string[] OpenAiRegions = ["us", "eu", "au", "in", "jp", "ae"];

    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        foreach (var provider in context.Document.Providers.Where(provider => provider.Region.Length > 0))
        {
            if (Problem("Provider", provider.Name, "spec.region", provider.BaseUrl, provider.Region) is { } problem)
            {
                yield return problem;
            }
        }

        foreach (var model in context.Document.Models)
        {
            for (var i = 0; i < model.Deployments.Length; i++)
            {
                if (model.Deployments[i] is { Region: { } region } deployment
                    && context.Providers.TryGetValue(deployment.Provider, out var provider)
                    && Problem("Model", model.Name, $"spec.deployments[{i}].region", provider.BaseUrl, region) is { } problem)
                {
                    yield return problem;
                }
            }
        }
    }

    private static PolicyProblem? Problem(string kind, string name, string path, string baseUrl, string region)
    {
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var url) || PlaceOf(url.IdnHost) is not { } place || place == region)
        {
            return null;
        }

        return place == Anywhere
            ? Problems.Error(kind, name, path, "region_mismatch", $"{url.IdnHost} processes anywhere, not in {region}", $"write region: {Anywhere}, or use the host of a region, e.g. https://eu.api.openai.com/v1")
            : Problems.Error(kind, name, path, "region_mismatch", $"{url.IdnHost} processes in {place}, not in {region}", $"write region: {place}");
    }

    // Null: nothing is known of it.
    private static string? PlaceOf(string host) => host switch
    {
        "api.openai.com" => Anywhere,
        _ when host.EndsWith(".api.openai.com", StringComparison.Ordinal) => Array.Find(OpenAiRegions, region => host == $"{region}.api.openai.com"),
        _ => null,
    };
}
