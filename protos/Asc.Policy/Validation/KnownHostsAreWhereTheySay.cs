using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>
/// A provider whose host tells where it processes is declared so: a global endpoint that is called "eu" would break every residency rule at once.
/// </summary>
internal sealed class KnownHostsAreWhereTheySay : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        foreach (var provider in context.Document.Providers.Where(provider => provider.Region.Length > 0))
        {
            if (Problem("Provider", provider.Name, "spec.region", provider, provider.Region) is { } problem)
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
                    && Problem("Model", model.Name, $"spec.deployments[{i}].region", provider, region) is { } problem)
                {
                    yield return problem;
                }
            }
        }
    }

    private static PolicyProblem? Problem(string kind, string name, string path, ProviderDocument provider, string region)
    {
        // Who is asked for a region with each request is where it is asked to be.
        if (provider.InferenceGeo.Length > 0 || !Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var url) || HostPlaces.HostOf(url) is not { } host || HostPlaces.Of(host) is not { } places)
        {
            return null;
        }

        var place = places.Places.GetValueOrDefault(host);
        // "global" permits nothing that needs a region, so that it is true of what isn't known as well.
        if (region == (place ?? HostPlaces.Anywhere))
        {
            return null;
        }

        var (message, fix) = place switch
        {
            null => ($"it is not known where {host} processes, so it can't be declared to be in {region}", $"write region: {HostPlaces.Anywhere}, or {places.Advice}"),
            HostPlaces.Anywhere => ($"{host} processes anywhere, not in {region}", $"write region: {HostPlaces.Anywhere}, or {places.Advice}"),
            _ => ($"{host} processes in {place}, not in {region}", $"write region: {place}"),
        };
        return Problems.Error(kind, name, path, "region_mismatch", message, fix);
    }
}
