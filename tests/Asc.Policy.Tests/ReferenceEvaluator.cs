using Asc.Policy.Documents;

namespace Asc.Policy.Tests;

/// <summary>The rules said as naively as can be, from the document alone: what the compiled evaluator must agree with.</summary>
internal static class ReferenceEvaluator
{
    /// <summary>"provider/upstream" of the one that serves, or the code of the denial.</summary>
    public static string Evaluate(PolicyDocument policy, string path, string name, string nodeRegion)
    {
        var lineage = Lineage(policy, path);
        if (!MayProcess(lineage, nodeRegion))
        {
            return "residency_violation";
        }

        var targets = policy.Routes.Where(route => route.Name == name).SelectMany(route => route.Targets)
            .Concat(policy.Models.Where(model => model.Name == name).Select(model => model.Name)).ToArray();
        if (!policy.Models.Any(model => model.Name == name) && !policy.Routes.Any(route => route.Name == name))
        {
            return "model_not_found";
        }

        if (!MayAsk(lineage, name))
        {
            return "model_not_allowed";
        }

        var reasons = new HashSet<string>();
        foreach (var model in targets.Select(target => policy.Models.Single(model => model.Name == target)))
        {
            foreach (var deployment in model.Deployments)
            {
                var region = deployment.Region ?? policy.Providers.Single(provider => provider.Name == deployment.Provider).Region;
                if (lineage.Any(tenant => tenant.DeniedModels.Any(pattern => Matches(pattern, model.Name))))
                {
                    reasons.Add("model_not_allowed");
                }
                else if (!MayProcess(lineage, region))
                {
                    reasons.Add("residency_violation");
                }
                else
                {
                    return $"{deployment.Provider}/{deployment.UpstreamModel}";
                }
            }
        }

        return reasons.Contains("residency_violation") ? "residency_violation" : reasons.Contains("model_not_allowed") ? "model_not_allowed" : "no_healthy_target";
    }

    private static TenantDocument[] Lineage(PolicyDocument policy, string path)
    {
        var parts = path.Split('/');
        return [.. Enumerable.Range(1, parts.Length).Select(n => policy.Tenants.Single(tenant => tenant.Path == string.Join('/', parts[..n])))];
    }

    private static bool MayAsk(TenantDocument[] lineage, string name) =>
        lineage.All(tenant => tenant.AllowedModels is { } allowed ? allowed.Any(pattern => Matches(pattern, name)) : tenant != lineage[0])
        && !lineage.Any(tenant => tenant.DeniedModels.Any(pattern => Matches(pattern, name)));

    private static bool MayProcess(TenantDocument[] lineage, string region) =>
        lineage.All(tenant => tenant.AllowedRegions is { } allowed ? allowed.Contains(region) : tenant != lineage[0]);

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == name;
}
