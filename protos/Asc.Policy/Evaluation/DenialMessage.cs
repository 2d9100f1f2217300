using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.Policy.Evaluation;

/// <summary>The sentence that a denied caller reads: which rule said no, whose it is, and what would be allowed.</summary>
public static class DenialMessage
{
    private const int NamesShown = 12;
    private const int NamesJudged = 50;

    /// <param name="policy">The version that judged.</param>
    /// <param name="facts">What it judged.</param>
    /// <param name="decision">Its denial.</param>
    /// <param name="asked">The name as the caller wrote it.</param>
    /// <param name="nodeRegion">The receiving node's region.</param>
    public static string For(CompiledPolicy policy, in RequestFacts facts, in Decision decision, string asked, string nodeRegion)
    {
        var tenant = facts.Tenant.Path;
        var origin = decision.Origin?.Path ?? tenant;
        return decision.Rule switch
        {
            PolicyRule.TenantActive => $"The tenant {tenant} is suspended: an admin suspended {origin}. Nothing is served for it until one resumes {origin}.",
            PolicyRule.NodeRegion =>
                $"{tenant} may not be served in region \"{nodeRegion}\": {Permits(decision.Origin!)}. {NodesFor(policy, facts.Tenant, decision.Origin!)}",
            PolicyRule.ModelDefined =>
                $"The model \"{asked}\" does not exist in {policy.Title}. {MayUse(policy, facts)}",
            PolicyRule.KeyModels =>
                $"This key is narrowed to {string.Join(", ", facts.KeyModels!.Select(pattern => pattern.Text))}; \"{asked}\" is not among them. {MayUse(policy, facts)}",
            PolicyRule.ModelsAllow =>
                $"{tenant} may not use \"{asked}\": models.allow of {origin} does not include it. {MayUse(policy, facts)}",
            PolicyRule.ModelsDeny =>
                $"{tenant} may not use \"{asked}\": models.deny of {origin} names {DeniedName(facts, decision.Origin!)}. {MayUse(policy, facts)}",
            PolicyRule.WorkloadModels => WorkloadText(policy, facts, asked),
            PolicyRule.KeyTags or PolicyRule.TagsAllow or PolicyRule.TagsRequire or PolicyRule.WorkloadDefined or PolicyRule.KeyWorkloads or PolicyRule.WorkloadsAllow
                or PolicyRule.DataClassDefined or PolicyRule.Attestations => AttributionTexts.Denial(policy, facts, decision, asked),
            PolicyRule.ModelEnabled => facts.Switches.DisabledModels.Contains(facts.Name!.Name)
                ? $"\"{asked}\" is switched off: an admin disabled the model.{Others(policy, facts)}"
                : facts.Switches.DisabledModels.Contains(facts.Serving!.Name)
                ? $"\"{asked}\" can't be served: an admin disabled {facts.Serving.Name}, which serves it for {facts.Workload.Name} requests.{Others(policy, facts)}"
                : $"\"{asked}\" can't be served: an admin disabled {Join(Excluded(facts, PolicyRule.ModelEnabled).Select(candidate => candidate.Model.Name))}, which would serve it.{Others(policy, facts)}",
            PolicyRule.ProviderEnabled =>
                $"\"{asked}\" can't be served: an admin disabled {Join(Excluded(facts, PolicyRule.ProviderEnabled).Select(candidate => candidate.Provider.Name))}, which would serve it.{Others(policy, facts)}",
            PolicyRule.Residency =>
                $"{tenant} may not use \"{asked}\": {Join(Dropping(facts).Select(Permits))}, and it is processed in " +
                $"{Join(RuleOrigin.DroppedByResidency(facts).Select(candidate => candidate.Region))} only.{Others(policy, facts)}",
            PolicyRule.TargetCondition =>
                $"No target of \"{asked}\" takes the request: targets.when of the Route {facts.Serving!.Name} permits {string.Join("; ", Untaken(facts).Select(target => $"{target.Model.Name} only when {ConditionText.Of(target.When!)}"))}.{Others(policy, facts)}",
            PolicyRule.ProviderProtocol =>
                $"\"{asked}\" can't serve the request: {NotOffered(facts)}.{Others(policy, facts)}",
            PolicyRule.ModelCapabilities =>
                $"\"{asked}\" can't serve the request: {ShapeReasons(facts, PolicyRule.ModelCapabilities, RoutingTexts.Lacking)}.{Others(policy, facts)}",
            PolicyRule.ModelContextWindow =>
                $"\"{asked}\" can't serve the request: {ShapeReasons(facts, PolicyRule.ModelContextWindow, RoutingTexts.TooLong)}.{Others(policy, facts)}",
            PolicyRule.DeploymentHealthy =>
                $"No target of \"{asked}\" that {tenant} may use is well: {Join(UnhealthyProviders(facts))} failed again and again, and is asked again in a few seconds.",
            PolicyRule.MaxOutputTokens =>
                $"{facts.MaxOutputTokens} output tokens are more than limits.maxOutputTokens of {origin} permits: ask for at most {facts.Tenant.MaxOutputTokens}.",
            PolicyRule.RequestsPerMinute or PolicyRule.TokensPerMinute or PolicyRule.ConcurrentRequests => LimitText.Of(facts.Refusal!),
            _ => $"No target of \"{asked}\" can serve the request.",
        };
    }

    private static string WorkloadText(CompiledPolicy policy, RequestFacts facts, string asked)
    {
        var workload = facts.Workload;
        var because = workload.Denied.Contains(facts.Name!) ? "models.deny of the Workload names it"
            : workload.Allowed.Contains(facts.Name!) ? "models.deny of the Workload names what would serve it"
            : "models.allow of the Workload does not include it";
        return $"Requests of the workload {workload.Name} may not use \"{asked}\": {because}. {MayUse(policy, facts)}";
    }

    private static string MayUse(CompiledPolicy policy, RequestFacts facts) => Named(policy, facts) is { Length: > 0 } names ? names : "Nothing is allowed here.";

    // Where it is not the name that is refused, but what would serve it: nothing is said where nothing else would do.
    internal static string Others(CompiledPolicy policy, RequestFacts facts) => Named(policy, facts) is { Length: > 0 } names ? $" {names}" : "";

    // A client that is denied again and again is not to cost more where a policy has many names.
    private static string Named(CompiledPolicy policy, RequestFacts facts)
    {
        var (names, judged) = (new List<string>(NamesShown), 0);
        foreach (var name in policy.NamesInOrder)
        {
            if (name == facts.Name || !facts.Tenant.Allowed.Contains(name))
            {
                continue;
            }

            if (names.Count == NamesShown || judged++ == NamesJudged)
            {
                return names.Count == 0 ? "" : $"Allowed here: {string.Join(", ", names)} and perhaps more.";
            }

            // What the node knows is by the place among the candidates of the name that is refused: it says nothing of another's. Nor do limits: they are no matter of names.
            if (PolicyEvaluator.Route(facts with { Name = name, Routing = default }).IsAllowed)
            {
                names.Add(name.Name);
            }
        }

        return names.Count == 0 ? "" : $"Allowed here: {string.Join(", ", names)}.";
    }

    /// <summary>As its own document says it.</summary>
    internal static string Permits(CompiledTenant origin) => $"residency.allow of {origin.Path} permits {Join(origin.Document.AllowedRegions ?? [])}";

    // One tenant may leave out what another permits.
    private static IEnumerable<CompiledTenant> Dropping(RequestFacts facts) =>
        RuleOrigin.DroppedByResidency(facts).Select(candidate => RuleOrigin.OfRegions(facts.Tenant, candidate.RegionBit)).Distinct();

    private static string NodesFor(CompiledPolicy policy, CompiledTenant tenant, CompiledTenant origin) => policy.RegionsOf(tenant) is { Count: > 0 } regions
        ? $"Send the request to a node {(regions.ToHashSet(StringComparer.Ordinal).SetEquals(origin.Document.AllowedRegions ?? []) ? "there" : $"in {Join(regions)}")}."
        : "Together with the tenants above nothing is left: no node may serve it.";

    private static string DeniedName(RequestFacts facts, CompiledTenant origin) => RuleOrigin.Denied(facts, origin) is var denied && denied == facts.Name ? "it" : $"{denied.Name}, which would serve it";

    private static IEnumerable<CompiledCandidate> Excluded(RequestFacts facts, PolicyRule by) =>
        facts.Serving!.Candidates.Where(candidate => PolicyEvaluator.ExclusionOf(candidate, facts) == by);

    private delegate string ShapeText(CompiledName model, in RequestShape shape);

    private static string ShapeReasons(RequestFacts facts, PolicyRule rule, ShapeText text) => string.Join("; ", facts.Serving!.Candidates
        .Where((_, place) => PolicyEvaluator.ExclusionOf(place, facts) == rule)
        .Select(candidate => text(candidate.Model, facts.Shape)).Distinct(StringComparer.Ordinal));

    private static string NotOffered(RequestFacts facts) => string.Join("; ", facts.Serving!.Candidates
        .Where((_, place) => PolicyEvaluator.ExclusionOf(place, facts) == PolicyRule.ProviderProtocol)
        .Select(candidate => RoutingTexts.NotOffered(candidate, facts)).Distinct(StringComparer.Ordinal));

    // What nothing else keeps away.
    private static IEnumerable<CompiledTarget> Untaken(RequestFacts facts) => facts.Serving!.Candidates.Select((_, place) => place)
        .Where(place => PolicyEvaluator.ExclusionOf(place, facts) == PolicyRule.TargetCondition)
        .Select(place => facts.Serving.TargetOf(place)).Where(target => target.When is not null).Distinct();

    private static IEnumerable<string> UnhealthyProviders(RequestFacts facts) => facts.Serving!.Candidates
        .Where((_, place) => PolicyEvaluator.ExclusionOf(place, facts) == PolicyRule.DeploymentHealthy)
        .Select(candidate => candidate.Provider.Name);

    internal static string Join(IEnumerable<string> values) => string.Join(", ", values.Distinct(StringComparer.Ordinal)) is { Length: > 0 } list ? list : "nothing";
}
