using Asc.Contracts.Policy.V1;

namespace Asc.Contracts.Policy;

/// <summary>A resource's kind and name, as people write them.</summary>
public static class ResourceIdentity
{
    /// <summary>The kinds, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["Provider", "Model", "Route", "Workload", "Tenant"];

    /// <summary>"Provider", "Model", "Route", "Workload", "Tenant"; empty where the resource has no spec.</summary>
    public static string Kind(this Resource resource) => resource.SpecCase switch
    {
        Resource.SpecOneofCase.Provider => "Provider",
        Resource.SpecOneofCase.Model => "Model",
        Resource.SpecOneofCase.Route => "Route",
        Resource.SpecOneofCase.Workload => "Workload",
        Resource.SpecOneofCase.Tenant => "Tenant",
        _ => "",
    };

    /// <summary>The name; a tenant's path.</summary>
    public static string Identity(this Resource resource) =>
        resource.SpecCase == Resource.SpecOneofCase.Tenant ? resource.Metadata?.Path ?? "" : resource.Metadata?.Name ?? "";
}
