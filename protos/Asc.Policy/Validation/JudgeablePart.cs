using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>
/// A document with errors as one that compiles: what holds together stays as it is, and what an error hides is unknown (who runs a deployment)
/// or permits all (a parent that is not declared). So what is refused in it is refused however the errors are mended.
/// </summary>
internal static class JudgeablePart
{
    // No resource is called so: it would lack its name.
    private const string Unknown = "";

    // Where prompts are processed is a question of regions, never of addresses.
    private const string AnyUrl = "https://provider.invalid/";

    private static readonly DeploymentDocument UnknownDeployment = new(Unknown, "");

    /// <param name="context">Of no more regions, data classes and attestations than a policy may name.</param>
    public static PolicyDocument Of(ValidationContext context)
    {
        ImmutableArray<string> regions = [.. RegionTable.RegionsOf(context.Document)];
        var providers = context.Providers.Values.Where(provider => provider.Name != Unknown)
            .Select(provider => provider with { BaseUrl = AnyUrl })
            .Append(new ProviderDocument(Unknown, ProviderProtocol.Unspecified, AnyUrl, "", regions.FirstOrDefault("")));
        var models = context.Models.Values.Where(model => model.Name != Unknown)
            .Select(model => model with { Deployments = AtLeast(UnknownDeployment, model.Deployments.Select(deployment => Deployment(deployment, context))) })
            .Append(new ModelDocument(Unknown, [UnknownDeployment]));
        var routes = context.Routes.Values.Where(route => route.Name != Unknown && !context.Models.ContainsKey(route.Name))
            .Select(route => route with { Targets = AtLeast(new(Unknown), route.Targets.Select(target => context.Models.ContainsKey(target.Model) ? target : target with { Model = Unknown })) });
        return new([.. providers], [.. models], [.. routes], [.. Tenants(context, regions)]);
    }

    /// <summary>Whether all that could serve <paramref name="name"/> is known, and where.</summary>
    public static bool IsKnown(CompiledName name) => name.Candidates.All(candidate => candidate.Provider.Name != Unknown);

    private static DeploymentDocument Deployment(DeploymentDocument deployment, ValidationContext context) =>
        context.Providers.TryGetValue(deployment.Provider, out var provider) && IsRegion(deployment.Region ?? provider.Region) ? deployment : UnknownDeployment;

    private static IEnumerable<TenantDocument> Tenants(ValidationContext context, ImmutableArray<string> regions)
    {
        var undeclared = context.Tenants.Values.SelectMany(tenant => TenantDocument.PathsAbove(tenant.Path)).Distinct(StringComparer.Ordinal).Where(path => !context.Tenants.ContainsKey(path));
        return context.Tenants.Values
            .Select(tenant => tenant with { Tags = null, Workloads = null })
            .Select(tenant => (tenant.AllowedRegions ?? []).All(IsRegion) ? tenant : tenant with { AllowedRegions = tenant.ParentPath is null ? regions : null })
            .Concat(undeclared.Select(path => TenantDocument.ParentOf(path) is null ? new TenantDocument(path, ["*"], [], regions) : new TenantDocument(path)));
    }

    private static bool IsRegion(string name) => NamesAreWellFormed.Plain().IsMatch(name);

    private static ImmutableArray<T> AtLeast<T>(T otherwise, IEnumerable<T> items) => [.. items.DefaultIfEmpty(otherwise)];
}
