using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.Policy.Evaluation;

/// <summary>Derives the readable trace of a decision from the inputs that the evaluator had.</summary>
public static class PolicyExplainer
{
    private static readonly PolicyRule[] AdmissionRules =
    [
        PolicyRule.TenantActive, PolicyRule.NodeRegion, PolicyRule.KeyTags, PolicyRule.TagsAllow, PolicyRule.TagsRequire, PolicyRule.WorkloadDefined,
        PolicyRule.KeyWorkloads, PolicyRule.WorkloadsAllow, PolicyRule.DataClassDefined, PolicyRule.ModelDefined, PolicyRule.KeyModels,
        PolicyRule.ModelsAllow, PolicyRule.ModelsDeny, PolicyRule.WorkloadModels, PolicyRule.ModelEnabled,
    ];

    private static readonly PolicyRule[] LimitRules =
    [
        PolicyRule.MaxOutputTokens, PolicyRule.ConcurrentRequests, PolicyRule.RequestsPerMinute, PolicyRule.TokensPerMinute,
    ];

    /// <param name="policy">The version that judges.</param>
    /// <param name="facts">What it judges.</param>
    /// <param name="asked">The name as the caller writes it.</param>
    /// <param name="nodeRegion">The receiving node's region.</param>
    /// <param name="isForeseen">Whether no node has looked yet: what it would draw and measure is not known.</param>
    public static DecisionTrace Explain(CompiledPolicy policy, RequestFacts facts, string asked, string nodeRegion, bool isForeseen = false)
    {
        var decision = PolicyEvaluator.Evaluate(facts);
        var isRouteReached = decision.IsAllowed || PolicyEvaluator.Admit(facts).IsAllowed;
        // Of a request that is refused before it comes to that nothing was drawn either.
        var order = facts.Serving is { } serving ? new RouteOrder(serving, facts, isForeseen || !isRouteReached) : null;
        var candidates = order is null ? [] : Candidates(policy, facts, order);
        var observed = decision.IsAllowed ? PolicyEvaluator.Observe(policy, facts) : [];
        var limits = LimitRules.Where(rule => LimitText.Applies(facts, rule) || Array.Exists(observed, denial => denial.Rule == rule));
        var checks = AdmissionRules.Select(rule => Check(policy, facts, decision, rule, asked, nodeRegion, isRouteReached))
            .Concat(RouteChecks(policy, facts, decision, candidates, isRouteReached))
            .Concat(limits.Select(rule => Check(policy, facts, decision, rule, asked, nodeRegion, decision.IsAllowed)))
            .Select(check => check with { DeclaredIn = RuleDeclarations.Of(facts, check.Rule, check.Origin) })
            .ToArray();
        foreach (var denial in observed)
        {
            checks = PutInPlace(Observed(policy, facts.Enforcing(policy, KindOf(denial.Rule)), denial, asked, nodeRegion), checks);
        }

        var message = decision.IsAllowed
            ? $"{facts.Tenant.Path} may use \"{asked}\" at {nodeRegion}: {(order!.IsOpen ? order.Choice : $"served by {decision.Candidate!.UpstreamModel} of {decision.Candidate.Provider.Name} in {decision.Candidate.Region}")}."
            : DenialMessage.For(policy, facts, decision, asked, nodeRegion);
        return new DecisionTrace(decision, message, checks, candidates, decision.IsAllowed ? [] : [.. PassConditions.Of(policy, facts, asked, nodeRegion)]) { Order = order?.Trace };
    }

    // Of what is judged as if this kind of rule, and no other that is observed, were enforced: what it would leave to be asked for is told of it alone.
    private static CheckTrace Observed(CompiledPolicy policy, RequestFacts enforced, Decision observed, string asked, string nodeRegion)
    {
        var origin = observed.Origin?.Path ?? "";
        var denial = observed with { Origin = enforced.Tenant.Lineage().FirstOrDefault(at => at.Path == origin) };
        return new(observed.Rule, "observed", [new("would be denied", DenialMessage.For(policy, enforced, denial, asked, nodeRegion))], origin, RuleDeclarations.Of(enforced, observed.Rule, origin));
    }

    private static ObservedRules KindOf(PolicyRule rule) => rule switch
    {
        PolicyRule.TagsAllow or PolicyRule.TagsRequire => ObservedRules.Tags,
        PolicyRule.WorkloadsAllow => ObservedRules.Workloads,
        PolicyRule.ModelsAllow or PolicyRule.ModelsDeny => ObservedRules.Models,
        _ => ObservedRules.Limits,
    };

    private static CheckTrace[] PutInPlace(CheckTrace observed, CheckTrace[] checks)
    {
        var place = Array.FindIndex(checks, check => check.Rule == observed.Rule);
        return place < 0 ? [.. checks, observed] : [.. checks[..place], observed, .. checks[(place + 1)..]];
    }

    private static CheckTrace Check(
        CompiledPolicy policy, in RequestFacts facts, in Decision decision, PolicyRule rule, string asked, string nodeRegion, bool isPassed)
    {
        var outcome = decision.Rule == rule ? "fail" : !isPassed && IsReachedAfter(rule, decision.Rule) ? "skip" : "pass";
        var origin = outcome == "fail" ? decision.Origin?.Path ?? "" : OriginOf(facts, rule);
        return new CheckTrace(rule, outcome, [.. Inputs(policy, facts, rule, asked, nodeRegion)], origin);
    }

    // The allow-list takes out what is denied, so that a denial shows before the allowance is judged.
    private static bool IsReachedAfter(PolicyRule rule, PolicyRule failed) => rule > failed;

    private static string OriginOf(in RequestFacts facts, PolicyRule rule) => rule switch
    {
        PolicyRule.NodeRegion => RuleOrigin.NearestResidency(facts.Tenant).Path,
        PolicyRule.ModelsAllow => facts.Tenant.Lineage().LastOrDefault(at => at.Document.AllowedModels is not null)?.Path ?? "",
        PolicyRule.ModelsDeny => facts.Tenant.Lineage().LastOrDefault(at => at.Document.DeniedModels.Length > 0)?.Path ?? "",
        PolicyRule.MaxOutputTokens => facts.Tenant.MaxOutputOrigin?.Path ?? "",
        PolicyRule.ConcurrentRequests or PolicyRule.RequestsPerMinute or PolicyRule.TokensPerMinute => LimitText.Bearing(facts, rule)?.Origin?.Path ?? "",
        _ => AttributionChecks.OriginOf(facts, rule),
    };

    private static IEnumerable<KeyValuePair<string, string>> Inputs(
        CompiledPolicy policy, RequestFacts facts, PolicyRule rule, string asked, string nodeRegion)
    {
        switch (rule)
        {
            case PolicyRule.TenantActive:
                yield return new("tenant", facts.Tenant.Path);
                break;
            case PolicyRule.NodeRegion:
                yield return new("node", nodeRegion);
                yield return new("allowed", DenialMessage.Join(policy.RegionsOf(facts.Tenant)));
                break;
            case PolicyRule.KeyModels:
                yield return new("key", facts.KeyModels is { } models ? DenialMessage.Join(models.Select(pattern => pattern.Text)) : "not narrowed");
                break;
            case PolicyRule.ModelsAllow:
                foreach (var at in facts.Tenant.Lineage().Where(at => at.Document.AllowedModels is not null))
                {
                    yield return new(at.Path, DenialMessage.Join(at.Document.AllowedModels!.Value));
                }

                break;
            case PolicyRule.ModelsDeny when facts.Tenant.Lineage().All(at => at.Document.DeniedModels.IsEmpty):
                yield return new("denied", "nothing");
                break;
            case PolicyRule.ModelsDeny:
                foreach (var at in facts.Tenant.Lineage().Where(at => at.Document.DeniedModels.Length > 0))
                {
                    yield return new(at.Path, DenialMessage.Join(at.Document.DeniedModels));
                }

                break;
            case PolicyRule.MaxOutputTokens or PolicyRule.ConcurrentRequests or PolicyRule.RequestsPerMinute or PolicyRule.TokensPerMinute:
                foreach (var input in LimitText.Inputs(facts, rule))
                {
                    yield return input;
                }

                break;
            case PolicyRule.ModelDefined or PolicyRule.ModelEnabled:
                yield return new("model", asked);
                break;
            default:
                foreach (var input in AttributionChecks.Inputs(policy, facts, rule))
                {
                    yield return input;
                }

                break;
        }
    }

    // What judges candidates rather than names, in the order in which it does.
    private static IEnumerable<CheckTrace> RouteChecks(CompiledPolicy policy, RequestFacts facts, Decision decision, IReadOnlyList<CandidateTrace> candidates, bool isReached)
    {
        var kept = facts.Serving?.Candidates.Count(facts.Tenant.MayBeProcessedIn) ?? 0;
        yield return new(
            PolicyRule.Residency,
            RoutingTexts.Outcome(PolicyRule.Residency, decision, isReached),
            [new("allowed", DenialMessage.Join(policy.RegionsOf(facts.Tenant))), new("candidates", $"{kept} of {candidates.Count} kept")],
            decision.Rule == PolicyRule.Residency ? decision.Origin!.Path : RuleOrigin.NearestResidency(facts.Tenant).Path);
        yield return new(
            PolicyRule.Attestations,
            RoutingTexts.Outcome(PolicyRule.Attestations, decision, isReached),
            [
                new("dataClasses", DenialMessage.Join(policy.DataClasses.NamesIn(facts.DataClasses))),
                new("demanded", DenialMessage.Join(AttributionTexts.Demanded(policy, facts))),
            ],
            decision.Rule == PolicyRule.Attestations ? decision.Origin!.Path : AttributionChecks.OriginOf(facts, PolicyRule.Attestations));
        yield return new(
            PolicyRule.ProviderEnabled,
            RoutingTexts.Outcome(PolicyRule.ProviderEnabled, decision, isReached),
            [new("disabled", DenialMessage.Join(candidates.Select(candidate => candidate.Provider).Where(facts.Switches.DisabledProviders.Contains).Distinct(StringComparer.Ordinal)))],
            "");
        foreach (var check in facts.Serving is { } serving ? RoutingTexts.Checks(facts, serving, decision, isReached) : [])
        {
            yield return check;
        }
    }

    private static CandidateTrace[] Candidates(CompiledPolicy policy, RequestFacts facts, RouteOrder order)
    {
        var ranking = order.Ranking();
        var candidates = facts.Serving!.CandidateArray;
        var traces = new CandidateTrace[candidates.Length];
        for (var place = 0; place < candidates.Length; place++)
        {
            var (candidate, excludedBy) = (candidates[place], PolicyEvaluator.ExclusionOf(place, facts));
            traces[place] = new(
                candidate.Model.Name, candidate.UpstreamModel, candidate.Provider.Name, candidate.Region, excludedBy, Reason(policy, facts, candidate, place, excludedBy), ranking.RankOf(place))
            {
                OrderedBy = excludedBy == PolicyRule.None ? order.KeyOf(place) : null,
            };
        }

        return traces;
    }

    private static string? Reason(CompiledPolicy policy, in RequestFacts facts, CompiledCandidate candidate, int place, PolicyRule excludedBy) => excludedBy switch
    {
        PolicyRule.None => RoutingTexts.AskedLate(candidate, place, facts.Routing),
        PolicyRule.ModelsDeny => DeniedText(facts, facts.Tenant.Denied.Contains(candidate.Model) ? candidate.Model : facts.Serving!),
        PolicyRule.Residency => $"processes in {candidate.Region}; {DenialMessage.Permits(RuleOrigin.OfRegions(facts.Tenant, candidate.RegionBit))}",
        PolicyRule.WorkloadModels => $"models.deny of the Workload {facts.Workload.Name} names {(facts.Workload.Denied.Contains(candidate.Model) ? candidate.Model.Name : facts.Serving!.Name)}",
        PolicyRule.Attestations => $"attests {DenialMessage.Join(candidate.Attestations)}; {DenialMessage.Join(AttributionTexts.DemandingClasses(policy, facts))} demands {DenialMessage.Join(AttributionTexts.Demanded(policy, facts))}",
        PolicyRule.ModelEnabled => $"the model {(facts.Switches.DisabledModels.Contains(candidate.Model.Name) ? candidate.Model.Name : facts.Serving!.Name)} is disabled",
        PolicyRule.ProviderEnabled => $"the provider {candidate.Provider.Name} is disabled",
        PolicyRule.TargetCondition => RoutingTexts.NotTaken(facts.Serving!.TargetOf(place), facts),
        PolicyRule.ProviderProtocol => RoutingTexts.NotOffered(candidate, facts),
        PolicyRule.ModelCapabilities => RoutingTexts.Lacking(candidate.Model, facts.Shape),
        PolicyRule.ModelContextWindow => RoutingTexts.TooLong(candidate.Model, facts.Shape),
        _ => "the node knew it to fail: its circuit was open",
    };

    private static string DeniedText(in RequestFacts facts, CompiledName denied) => $"models.deny of {RuleOrigin.OfDenial(facts.Tenant, denied).Path} names {denied.Name}";
}
