using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>Regions are named alike everywhere, and a rule names regions where something processes.</summary>
internal sealed class RegionsAreServed : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        var document = context.Document;
        var served = document.Providers.Select(provider => provider.Region)
            .Concat(document.Models.SelectMany(model => model.Deployments).Select(deployment => deployment.Region).OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. document.Providers.Where(provider => provider.Region.Length > 0).SelectMany(provider => Name("Provider", provider.Name, "spec.region", provider.Region)),
            .. document.Models.SelectMany(model => model.Deployments.SelectMany((deployment, i) =>
                deployment.Region is { } region ? Name("Model", model.Name, $"spec.deployments[{i}].region", region) : [])),
            .. document.Tenants.SelectMany(tenant => Rule(tenant, served)),
            .. Count(document),
        ];
    }

    private static IEnumerable<PolicyProblem> Rule(TenantDocument tenant, HashSet<string> served)
    {
        var regions = tenant.AllowedRegions ?? [];
        for (var i = 0; i < regions.Length; i++)
        {
            var (region, path) = (regions[i], $"spec.residency.allow[{i}]");
            foreach (var problem in Name("Tenant", tenant.Path, path, region))
            {
                yield return problem;
            }

            if (regions.AsSpan(0, i).Contains(region))
            {
                yield return Problems.Error("Tenant", tenant.Path, path, "duplicate", $"\"{region}\" is listed twice", "keep one");
            }
            else if (!served.Contains(region))
            {
                var near = Suggestion.For(region, served);
                yield return Problems.Warning(
                    "Tenant", tenant.Path, path, "unserved_region", $"no provider processes in \"{region}\"", near is null ? "check the spelling" : $"did you mean \"{near}\"?");
            }
        }
    }

    private static IEnumerable<PolicyProblem> Name(string kind, string name, string path, string region) => NamesAreWellFormed.Plain().IsMatch(region)
        ? []
        : [Problems.Error(kind, name, path, "invalid_name", $"\"{region}\" is not a region's name", "use lower-case letters, digits, \"-\" and \".\", 63 at most")];

    private static IEnumerable<PolicyProblem> Count(PolicyDocument document)
    {
        var regions = RegionTable.RegionsOf(document).ToArray();
        return regions.Length <= RegionTable.MaximumRegions
            ? []
            : [Problems.Error("", "", "", "too_many_regions", $"the policy names {regions.Length} regions, and {RegionTable.MaximumRegions} are the most", "give deployments that are governed alike the same region")];
    }
}
