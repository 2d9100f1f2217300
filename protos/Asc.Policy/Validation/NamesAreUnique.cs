namespace Asc.Policy.Validation;

/// <summary>Each thing is defined once; models and routes share one name space, as both are what a request may ask for.</summary>
internal sealed class NamesAreUnique : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        var document = context.Document;
        return
        [
            .. Twice("Provider", "metadata.name", document.Providers.Select(provider => provider.Name)),
            .. Twice("Model", "metadata.name", document.Models.Select(model => model.Name)),
            .. Twice("Route", "metadata.name", document.Routes.Select(route => route.Name)),
            .. Twice("Workload", "metadata.name", document.Workloads.Select(workload => workload.Name)),
            .. Twice("Tenant", "metadata.path", document.Tenants.Select(tenant => tenant.Path)),
            .. context.Routes.Keys.Where(context.Models.ContainsKey).Select(name => Problems.Error(
                "Route", name, "metadata.name", "duplicate", $"\"{name}\" is the name of a Model too, and a request could mean either", "rename the Route")),
        ];
    }

    private static IEnumerable<PolicyProblem> Twice(string kind, string path, IEnumerable<string> names) => names
        .GroupBy(name => name, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => Problems.Error(kind, group.Key, path, "duplicate", $"{kind} {group.Key} is defined {group.Count()} times", "keep one"));
}
