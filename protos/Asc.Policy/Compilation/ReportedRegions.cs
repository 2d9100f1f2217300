using System.Collections.Immutable;
using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>What a provider calls the places of a deployment's region. One place is written in several ways: "Sweden Central" is swedencentral.</summary>
public sealed class ReportedRegions
{
    private readonly ImmutableArray<string> names;

    private ReportedRegions(ImmutableArray<string> declared) => names = [.. declared.Select(Normal)];

    /// <summary>Whether the provider may say this of where it processed. It may say anything where nothing is declared.</summary>
    public bool Include(string reported) => names.IsEmpty || names.Contains(Normal(reported), StringComparer.Ordinal);

    internal static ReportedRegions Of(DeploymentDocument deployment, ProviderDocument provider) =>
        new(deployment.ReportedRegions ?? (deployment.Region is { } own && own != provider.Region ? [] : OfProvider(provider)));

    // Who asks for a place knows what it is called.
    private static ImmutableArray<string> OfProvider(ProviderDocument provider) =>
        provider is { ReportedRegions.IsEmpty: true, InferenceGeo: { Length: > 0 } asked } && asked != "global" ? [asked] : provider.ReportedRegions;

    internal static string Normal(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
