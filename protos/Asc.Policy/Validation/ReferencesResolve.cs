using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>Models name providers, routes name models; each at least one, none twice for the same requests.</summary>
internal sealed class ReferencesResolve : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context) =>
        context.Document.Models.SelectMany(model => Check(model, context)).Concat(context.Document.Routes.SelectMany(route => Check(route, context)));

    private static IEnumerable<PolicyProblem> Check(ModelDocument model, ValidationContext context)
    {
        if (model.Deployments.Length == 0)
        {
            yield return Problems.Required("Model", model.Name, "spec.deployments", "deployments: [ { provider: openai-eu, upstreamModel: gpt-5-mini } ]");
        }

        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < model.Deployments.Length; i++)
        {
            var (deployment, path) = (model.Deployments[i], $"spec.deployments[{i}]");
            if (deployment.Provider.Length == 0)
            {
                yield return Problems.Required("Model", model.Name, $"{path}.provider", "provider: openai-eu");
            }
            else if (!context.Providers.ContainsKey(deployment.Provider))
            {
                yield return Problems.Dangling("Model", model.Name, $"{path}.provider", "Provider", deployment.Provider, context.Providers.Keys);
            }

            if (deployment.UpstreamModel.Length == 0)
            {
                yield return Problems.Required("Model", model.Name, $"{path}.upstreamModel", "upstreamModel: gpt-5-mini-2025-08-07");
            }

            if (!seen.Add((deployment.Provider, deployment.UpstreamModel)))
            {
                yield return Problems.Error(
                    "Model", model.Name, path, "duplicate", $"{deployment.UpstreamModel} of {deployment.Provider} is listed twice", "keep one");
            }
        }
    }

    private static IEnumerable<PolicyProblem> Check(RouteDocument route, ValidationContext context)
    {
        if (route.Targets.Length == 0)
        {
            yield return Problems.Required("Route", route.Name, "spec.targets", "targets: [ { model: gpt-5-mini } ]");
        }

        for (var i = 0; i < route.Targets.Length; i++)
        {
            var (target, path) = (route.Targets[i].Model, $"spec.targets[{i}].model");
            if (target.Length == 0)
            {
                yield return Problems.Required("Route", route.Name, path, "model: gpt-5-mini");
            }
            else if (RepeatedTargets.Problem(route, i) is { } problem)
            {
                yield return problem;
            }
            else if (context.Routes.ContainsKey(target))
            {
                yield return Problems.Error("Route", route.Name, path, "route_to_route", $"{target} is a Route, and routes lead to models only", "name the Model");
            }
            else if (!context.Models.ContainsKey(target))
            {
                yield return Problems.Dangling("Route", route.Name, path, "Model", target, context.Models.Keys);
            }
        }
    }
}
