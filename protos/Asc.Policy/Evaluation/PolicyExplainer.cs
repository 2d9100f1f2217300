using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>Derives the readable trace of a decision from the inputs that the evaluator had.</summary>
public static class PolicyExplainer
{
    private static readonly PolicyRule[] AdmissionRules =
    [
        PolicyRule.TenantActive, PolicyRule.NodeRegion, PolicyRule.ModelDefined, PolicyRule.KeyModels,
        PolicyRule.ModelsAllow, PolicyRule.ModelsDeny, PolicyRule.ModelEnabled,
    ];

    private static readonly PolicyRule[] LimitRules =
    [
        PolicyRule.MaxOutputTokens, PolicyRule.ConcurrentRequests, PolicyRule.RequestsPerMinute, PolicyRule.TokensPerMinute,
    ];

    /// <inheritdoc cref="DenialMessage.For"/>
    public static DecisionTrace Explain(CompiledPolicy policy, RequestFacts facts, string asked, string nodeRegion)
    {
        var decision = PolicyEvaluator.Evaluate(facts);
        var candidates = facts.Name is null ? [] : Candidates(policy, facts);
        var limits = LimitRules.Where(rule => LimitText.Applies(facts, rule));
        var checks = AdmissionRules.Concat(limits).Select(rule => Check(policy, facts, decision, rule, asked, nodeRegion))
            .Concat(RouteChecks(policy, facts, decision, candidates))
            .ToArray();
        var message = decision.IsAllowed
            ? $"{facts.Tenant.Path} may use \"{asked}\" at {nodeRegion}: served by {decision.Candidate!.UpstreamModel} of {decision.Candidate.Provider.Name} in {decision.Candidate.Region}."
            : DenialMessage.For(policy, facts, decision, asked, nodeRegion);
        return new DecisionTrace(decision, message, checks, candidates, decision.IsAllowed ? [] : [.. PassConditions.Of(policy, facts, asked, nodeRegion)]);
    }

    private static CheckTrace Check(
        CompiledPolicy policy, in RequestFacts facts, in Decision decision, PolicyRule rule, string asked, string nodeRegion)
    {
        var outcome = decision.Rule == rule ? "fail" : !decision.IsAllowed && IsReachedAfter(rule, decision.Rule) ? "skip" : "pass";
        var origin = outcome == "fail" ? decision.Origin?.Path ?? "" : OriginOf(facts, rule);
        return new CheckTrace(rule, outcome, [.. Inputs(policy, facts, rule, asked, nodeRegion)], origin);
    }

    // The allow-list takes out what is denied, so that a denial shows before the allowance is judged.
    private static bool IsReachedAfter(PolicyRule rule, PolicyRule failed) => rule > failed;

    private static string OriginOf(in RequestFacts facts, PolicyRule rule) => rule switch
    {
        PolicyRule.NodeRegion => RuleOrigin.OfResidency(facts.Tenant).Path,
        PolicyRule.ModelsAllow => facts.Tenant.Lineage().LastOrDefault(at => at.Document.AllowedModels is not null)?.Path ?? "",
        PolicyRule.ModelsDeny => facts.Tenant.Lineage().LastOrDefault(at => at.Document.DeniedModels.Length > 0)?.Path ?? "",
        PolicyRule.MaxOutputTokens => facts.Tenant.MaxOutputOrigin?.Path ?? "",
        _ => "",
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
            default:
                yield return new("model", asked);
                break;
        }
    }

    // What judges candidates rather than names: residency first, then the switches.
    private static IEnumerable<CheckTrace> RouteChecks(CompiledPolicy policy, RequestFacts facts, Decision decision, IReadOnlyList<CandidateTrace> candidates)
    {
        var isReached = decision.IsAllowed || (PolicyEvaluator.Admit(facts).IsAllowed && PolicyEvaluator.AdmitUse(facts).IsAllowed);
        var kept = candidates.Count(candidate => candidate.ExcludedBy == PolicyRule.None);
        yield return new(
            PolicyRule.Residency,
            decision.Rule == PolicyRule.Residency ? "fail" : isReached && decision.Rule != PolicyRule.ModelsDeny ? "pass" : "skip",
            [new("allowed", DenialMessage.Join(policy.RegionsOf(facts.Tenant))), new("candidates", $"{kept} of {candidates.Count} kept")],
            RuleOrigin.OfResidency(facts.Tenant).Path);
        yield return new(
            PolicyRule.ProviderEnabled,
            decision.Rule == PolicyRule.ProviderEnabled ? "fail" : decision.IsAllowed ? "pass" : "skip",
            [new("disabled", DenialMessage.Join(candidates.Select(candidate => candidate.Provider).Where(facts.Switches.DisabledProviders.Contains).Distinct(StringComparer.Ordinal)))],
            "");
    }

    private static CandidateTrace[] Candidates(CompiledPolicy policy, RequestFacts facts) =>
    [
        .. facts.Name!.CandidateArray.Select(candidate =>
        {
            var excludedBy = PolicyEvaluator.ExclusionOf(candidate, facts);
            return new CandidateTrace(
                candidate.Model.Name, candidate.UpstreamModel, candidate.Provider.Name, candidate.Region, excludedBy, Reason(policy, facts, candidate, excludedBy));
        }),
    ];

    private static string? Reason(CompiledPolicy policy, in RequestFacts facts, CompiledCandidate candidate, PolicyRule excludedBy) => excludedBy switch
    {
        PolicyRule.None => null,
        PolicyRule.ModelsDeny => $"models.deny of {RuleOrigin.OfDenial(facts.Tenant, candidate.Model).Path} names {candidate.Model.Name}",
        PolicyRule.Residency => $"processes in {candidate.Region}; residency.allow of {RuleOrigin.OfResidency(facts.Tenant).Path} permits {DenialMessage.Join(policy.RegionsOf(facts.Tenant))}",
        PolicyRule.ModelEnabled => $"the model {candidate.Model.Name} is disabled",
        _ => $"the provider {candidate.Provider.Name} is disabled",
    };
}
