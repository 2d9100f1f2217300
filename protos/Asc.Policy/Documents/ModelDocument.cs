using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>A model that requests may ask for, and where it runs, the preferred deployment first.</summary>
public sealed record ModelDocument(string Name, ImmutableArray<DeploymentDocument> Deployments);

/// <summary>One place where a model runs.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="UpstreamModel">What the provider calls the model.</param>
/// <param name="Region">Where this deployment processes; null: where its provider does.</param>
/// <param name="Attestations">What is attested of this deployment; null: what is of its provider; empty: nothing.</param>
public sealed record DeploymentDocument(string Provider, string UpstreamModel, string? Region = null, ImmutableArray<string>? Attestations = null);
