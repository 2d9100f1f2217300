using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>
/// A policy as people declare it: the shape for validation, comparison and compilation. Immutable; order means nothing.
/// </summary>
public sealed record PolicyDocument(
    ImmutableArray<ProviderDocument> Providers,
    ImmutableArray<ModelDocument> Models,
    ImmutableArray<RouteDocument> Routes,
    ImmutableArray<TenantDocument> Tenants)
{
    /// <summary>Classes of requests, beside or in place of the built-in ones.</summary>
    public ImmutableArray<WorkloadDocument> Workloads { get; init; } = [];

    /// <summary>The policy that declares nothing, and so permits nothing.</summary>
    public static PolicyDocument Empty { get; } = new([], [], [], []);
}
