using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>A model that requests may ask for, and where it runs, the preferred deployment first.</summary>
public sealed record ModelDocument(string Name, ImmutableArray<DeploymentDocument> Deployments)
{
    /// <summary>Of all tenants together: what the provider grants for the model.</summary>
    public LimitsDocument Limits { get; init; } = LimitsDocument.None;
}

/// <summary>One place where a model runs.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="UpstreamModel">What the provider calls the model.</param>
/// <param name="Region">Where this deployment processes; null: where its provider does.</param>
public sealed record DeploymentDocument(string Provider, string UpstreamModel, string? Region = null);
