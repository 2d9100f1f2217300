using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>Where Anthropic is asked to process is one of its places, and the region that residency goes by.</summary>
internal sealed class InferenceGeoIsTheRegion : IPolicyRule
{
    // platform.claude.com, data residency.
    private static readonly string[] Places = ["us", "global"];

    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        foreach (var provider in context.Document.Providers.Where(static provider => provider.InferenceGeo.Length > 0))
        {
            if (provider.Protocol != ProviderProtocol.Anthropic)
            {
                yield return Problem(provider, "invalid_value", $"inferenceGeo is Anthropic's, and the provider speaks {provider.Protocol.Text()}", "remove it, or write protocol: anthropic");
            }
            else if (!Places.Contains(provider.InferenceGeo))
            {
                yield return Problem(provider, "invalid_value", $"Anthropic processes in no \"{provider.InferenceGeo}\"", "write us or global");
            }
            else if (provider.Region.Length > 0 && provider.Region != provider.InferenceGeo)
            {
                yield return Mismatch("Provider", provider.Name, "spec.region", provider, provider.Region);
            }
        }

        foreach (var model in context.Document.Models)
        {
            for (var i = 0; i < model.Deployments.Length; i++)
            {
                if (model.Deployments[i] is { Region: { } region } deployment
                    && context.Providers.TryGetValue(deployment.Provider, out var provider)
                    && provider.InferenceGeo.Length > 0 && region != provider.InferenceGeo)
                {
                    yield return Mismatch("Model", model.Name, $"spec.deployments[{i}].region", provider, region);
                }
            }
        }
    }

    private static PolicyProblem Problem(ProviderDocument provider, string code, string message, string fix) =>
        Problems.Error("Provider", provider.Name, "spec.inferenceGeo", code, message, fix);

    private static PolicyProblem Mismatch(string kind, string name, string path, ProviderDocument provider, string region) => Problems.Error(
        kind, name, path, "region_mismatch", $"{provider.Name} is asked to process in {provider.InferenceGeo}, not in {region}", $"write region: {provider.InferenceGeo}, or declare a provider of its own for {region}");
}
