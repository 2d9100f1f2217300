using System.Collections.Immutable;
using Asc.Policy.Compilation;

namespace Asc.Policy.Validation;

/// <summary>What answers are compared with can stand in one, and stands once.</summary>
internal sealed class ReportedRegionsAreNames : IPolicyRule
{
    private const int LongestName = 64;

    public IEnumerable<PolicyProblem> Check(ValidationContext context) => context.Document.Providers
        .SelectMany(provider => Check("Provider", provider.Name, "spec.reportedRegions", provider.ReportedRegions))
        .Concat(context.Document.Models.SelectMany(model => model.Deployments.SelectMany((deployment, i) => Check("Model", model.Name, $"spec.deployments[{i}].reportedRegions", deployment.ReportedRegions ?? []))));

    private static IEnumerable<PolicyProblem> Check(string kind, string name, string list, ImmutableArray<string> regions)
    {
        for (var i = 0; i < regions.Length; i++)
        {
            var region = ReportedRegions.Normal(regions[i]);
            if (region.Length is 0 or > LongestName || region.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                yield return Problems.Error(kind, name, $"{list}[{i}]", "invalid_name", $"\"{regions[i]}\" is not what a provider calls a region", "write it as its answers tell it, e.g. swedencentral");
            }
            else if (regions.AsSpan(0, i).ToArray().Any(earlier => ReportedRegions.Normal(earlier) == region))
            {
                yield return Problems.Error(kind, name, $"{list}[{i}]", "duplicate", $"\"{regions[i]}\" is listed twice", "keep one");
            }
        }
    }
}
