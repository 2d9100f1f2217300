using System.Collections.Immutable;
using Asc.Contracts.Policy.V1;
using Asc.Policy.Documents;

namespace Asc.Contracts.Policy;

/// <summary>From the wire's resources to the document that validation and compilation read.</summary>
public static class DocumentMapping
{
    /// <param name="resources">In any order.</param>
    /// <param name="tenantIds">A tenant's opaque id by its path; null where no store has seen the document.</param>
    public static PolicyDocument ToDocument(this IEnumerable<Resource> resources, Func<string, string?>? tenantIds = null)
    {
        var providers = ImmutableArray.CreateBuilder<ProviderDocument>();
        var models = ImmutableArray.CreateBuilder<ModelDocument>();
        var routes = ImmutableArray.CreateBuilder<RouteDocument>();
        var workloads = ImmutableArray.CreateBuilder<WorkloadDocument>();
        var tenants = ImmutableArray.CreateBuilder<TenantDocument>();
        foreach (var resource in resources)
        {
            switch (resource.SpecCase)
            {
                case Resource.SpecOneofCase.Provider:
                    providers.Add(Provider(resource.Identity(), resource.Provider));
                    break;
                case Resource.SpecOneofCase.Model:
                    models.Add(RoutingMapping.Model(resource.Identity(), resource.Model));
                    break;
                case Resource.SpecOneofCase.Route:
                    routes.Add(RoutingMapping.Route(resource.Identity(), resource.Route));
                    break;
                case Resource.SpecOneofCase.Workload:
                    workloads.Add(AttributionMapping.Workload(resource.Identity(), resource.Workload));
                    break;
                case Resource.SpecOneofCase.Tenant:
                    tenants.Add(Tenant(resource.Identity(), resource.Tenant, tenantIds?.Invoke(resource.Identity())));
                    break;
                default:
                    throw new ArgumentException($"the resource \"{resource.Metadata?.Name}\" has no spec", nameof(resources));
            }
        }

        return new(providers.ToImmutable(), models.ToImmutable(), routes.ToImmutable(), tenants.ToImmutable()) { Workloads = workloads.ToImmutable() };
    }

    private static ProviderDocument Provider(string name, ProviderSpec spec) => new(
        name,
        spec.Protocol switch
        {
            Protocol.Openai => ProviderProtocol.OpenAi,
            Protocol.Anthropic => ProviderProtocol.Anthropic,
            Protocol.AzureOpenai => ProviderProtocol.AzureOpenAi,
            Protocol.OpenaiCompatible => ProviderProtocol.OpenAiCompatible,
            Protocol.Mistral => ProviderProtocol.Mistral,
            _ => ProviderProtocol.Unspecified,
        },
        spec.BaseUrl,
        spec.Credential?.Secret ?? "",
        spec.Region,
        spec.Network == Network.Private,
        spec.TraceContext == TraceContext.Forward)
    {
        ApiVersion = spec.ApiVersion,
        InferenceGeo = spec.InferenceGeo,
        Attestations = [.. spec.Attestations],
        ReportedRegions = [.. spec.ReportedRegions],
        Timeouts = AttributionMapping.Timeouts(spec.Timeouts),
    };

    private static TenantDocument Tenant(string path, TenantSpec spec, string? id) => new(
        path,
        List(spec.Models?.Allow),
        [.. spec.Models?.Deny ?? []],
        List(spec.Residency?.Allow),
        id)
    {
        Tags = spec.Tags is { } tags ? AttributionMapping.Tags(tags) : null,
        Workloads = spec.Workloads is { } workloads ? new(List(workloads.Allow), workloads.Default.Length > 0 ? workloads.Default : null) : null,
        DataClasses = spec.DataClasses is { } classes ? AttributionMapping.DataClasses(classes) : null,
        Limits = spec.Limits.ToDocument(),
        FeatureGaps = spec.FeatureGaps switch
        {
            V1.FeatureGaps.Refuse => Asc.Policy.Documents.FeatureGaps.Refuse,
            V1.FeatureGaps.Drop => Asc.Policy.Documents.FeatureGaps.Drop,
            _ => Asc.Policy.Documents.FeatureGaps.Unspecified,
        },
        Observe = spec.Observe.Aggregate(Asc.Policy.Documents.ObservedRules.None, (all, rules) => all | Observed(rules)),
    };

    private static Asc.Policy.Documents.ObservedRules Observed(V1.ObservedRules rules) => rules switch
    {
        V1.ObservedRules.Models => Asc.Policy.Documents.ObservedRules.Models,
        V1.ObservedRules.Tags => Asc.Policy.Documents.ObservedRules.Tags,
        V1.ObservedRules.Workloads => Asc.Policy.Documents.ObservedRules.Workloads,
        V1.ObservedRules.Limits => Asc.Policy.Documents.ObservedRules.Limits,
        _ => Asc.Policy.Documents.ObservedRules.None,
    };

    internal static ImmutableArray<string>? List(NameList? list) => list is null ? null : [.. list.Values];
}
