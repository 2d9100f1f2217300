using Asc.Policy.Documents;

namespace Asc.Policy.Tests;

/// <summary>The rules said as naively as can be, from the document alone: what the compiled evaluator must agree with.</summary>
internal static class ReferenceEvaluator
{
    /// <summary>"provider/upstream" of the one that serves, or the code of the denial.</summary>
    public static string Evaluate(PolicyDocument policy, string path, string name, string nodeRegion, Said said, long output = 0)
    {
        var lineage = Lineage(policy, path);
        if (!MayProcess(lineage, nodeRegion))
        {
            return "residency_violation";
        }

        var attribution = new ReferenceAttribution(policy, lineage, said);
        if (attribution.Denial() is { } denial)
        {
            return denial;
        }

        if (!IsDefined(policy, name))
        {
            return "model_not_found";
        }

        if (!MayAsk(lineage, name) || !attribution.MayAsk(name))
        {
            return "model_not_allowed";
        }

        var served = Serve(policy, lineage, attribution, attribution.ServingOf(name));
        return served.Contains('/', StringComparison.Ordinal) && lineage.Any(tenant => output > tenant.Limits.MaxOutputTokens) ? "invalid_request" : served;
    }

    private static string Serve(PolicyDocument policy, TenantDocument[] lineage, ReferenceAttribution attribution, string serving)
    {
        var targets = policy.Routes.Where(route => route.Name == serving).SelectMany(route => route.Targets.Select(target => target.Model))
            .Concat(policy.Models.Where(model => model.Name == serving).Select(model => model.Name)).ToArray();
        var reasons = new HashSet<string>();
        foreach (var model in targets.Select(target => policy.Models.Single(model => model.Name == target)))
        {
            foreach (var deployment in model.Deployments)
            {
                var provider = policy.Providers.Single(provider => provider.Name == deployment.Provider);
                if (IsDenied(lineage, model.Name) || IsDenied(lineage, serving) || attribution.Denies(model.Name) || attribution.Denies(serving))
                {
                    reasons.Add("model_not_allowed");
                }
                else if (!MayProcess(lineage, deployment.Region ?? provider.Region))
                {
                    reasons.Add("residency_violation");
                }
                else if (!attribution.IsAttested(deployment.Attestations ?? provider.Attestations))
                {
                    reasons.Add("attestation_required");
                }
                else
                {
                    return $"{deployment.Provider}/{deployment.UpstreamModel}";
                }
            }
        }

        return Array.Find(["attestation_required", "residency_violation", "model_not_allowed"], reasons.Contains) ?? "no_healthy_target";
    }

    public static TenantDocument[] Lineage(PolicyDocument policy, string path)
    {
        var parts = path.Split('/');
        return [.. Enumerable.Range(1, parts.Length).Select(n => policy.Tenants.Single(tenant => tenant.Path == string.Join('/', parts[..n])))];
    }

    private static bool IsDefined(PolicyDocument policy, string name) => policy.Models.Any(model => model.Name == name) || policy.Routes.Any(route => route.Name == name);

    private static bool MayAsk(TenantDocument[] lineage, string name) =>
        lineage.All(tenant => tenant.AllowedModels is { } allowed ? allowed.Any(pattern => Matches(pattern, name)) : tenant != lineage[0]) && !IsDenied(lineage, name);

    private static bool IsDenied(TenantDocument[] lineage, string name) => lineage.Any(tenant => tenant.DeniedModels.Any(pattern => Matches(pattern, name)));

    private static bool MayProcess(TenantDocument[] lineage, string region) =>
        lineage.All(tenant => tenant.AllowedRegions is { } allowed ? allowed.Contains(region) : tenant != lineage[0]);

    public static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == name;
}
