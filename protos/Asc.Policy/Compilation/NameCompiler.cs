using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Compilation;

/// <summary>Makes what requests may ask for: models with their deployments, and routes over them.</summary>
internal static class NameCompiler
{
    public static Dictionary<string, CompiledName> Compile(
        PolicyDocument document, Dictionary<string, CompiledProvider> providers, RegionTable regions, AttributionCompiler attribution)
    {
        var names = new Dictionary<string, CompiledName>(StringComparer.Ordinal);
        foreach (var model in document.Models)
        {
            var compiled = Define(names, model.Name, isRoute: false);
            compiled.Traits = new(model);
            compiled.LimitArray = LimitCompiler.OfModel(model);
            compiled.CandidateArray = [.. model.Deployments.Select(deployment => Candidate(compiled, deployment, providers, regions, attribution.Attestations))];
            SetTargets(compiled, [new(compiled, new(model.Name), attribution, [])]);
        }

        foreach (var route in document.Routes)
        {
            var compiled = Define(names, route.Name, isRoute: true);
            (compiled.Strategy, compiled.Sticky) = (route.Strategy, route.Sticky);
            (compiled.Retry, compiled.HedgeAfter) = (route.Retry ?? RetryDocument.Default, route.HedgeAfter);
            var targets = new List<CompiledTarget>();
            foreach (var target in route.Targets)
            {
                targets.Add(Target(route, target, names, attribution, targets));
            }

            compiled.CandidateArray = [.. targets.SelectMany(target => target.Model.CandidateArray)];
            SetTargets(compiled, [.. targets]);
        }

        return names.Values.FirstOrDefault(name => name.CandidateArray.Length > CandidateRanking.MaximumCandidates) is { } crowded
            ? throw new PolicyCompilationException($"{crowded.Name} has more than {CandidateRanking.MaximumCandidates} deployments")
            : names;
    }

    private static void SetTargets(CompiledName name, CompiledTarget[] targets) =>
        (name.Targets, name.TargetPlaces) = (targets, [.. targets.SelectMany((target, place) => Enumerable.Repeat((byte)place, target.Model.CandidateArray.Length))]);

    private static CompiledTarget Target(
        RouteDocument route, RouteTargetDocument target, Dictionary<string, CompiledName> names, AttributionCompiler attribution, IEnumerable<CompiledTarget> before) =>
        names.TryGetValue(target.Model, out var model) && !model.IsRoute
            ? new(model, target, attribution, [.. before.Where(earlier => earlier.Model == model)])
            : throw new PolicyCompilationException($"route {route.Name}: no model {target.Model}");

    private static CompiledName Define(Dictionary<string, CompiledName> names, string name, bool isRoute)
    {
        var compiled = new CompiledName(name, names.Count, isRoute);
        return names.TryAdd(name, compiled) ? compiled : throw new PolicyCompilationException($"the name {name} is defined twice");
    }

    private static CompiledCandidate Candidate(
        CompiledName model, DeploymentDocument deployment, Dictionary<string, CompiledProvider> providers, RegionTable regions, BitNames attestations)
    {
        if (!providers.TryGetValue(deployment.Provider, out var provider))
        {
            throw new PolicyCompilationException($"model {model.Name}: no provider {deployment.Provider}");
        }

        var region = deployment.Region ?? provider.Document.Region;
        var attested = deployment.Attestations ?? provider.Document.Attestations;
        return new CompiledCandidate(model, provider, deployment.UpstreamModel, region, regions.BitOf(region), ReportedRegions.Of(deployment, provider.Document), attested, attestations.MaskOf(attested));
    }
}
