using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.Policy.Evaluation;

/// <summary>
/// Judges one request by one compiled policy. Pure: the node, publish-time checks and <c>asc explain</c> run this same code.
/// </summary>
public static class PolicyEvaluator
{
    /// <summary>May this caller, at this node, ask for this name? Rules in the order of <see cref="PolicyRule"/>.</summary>
    public static Decision Admit(in RequestFacts facts)
    {
        var caller = AdmitCaller(facts);
        return caller.IsAllowed ? AdmitRequest(facts) : caller;
    }

    /// <summary>May the caller ask for this name, as the request says that it is?</summary>
    public static Decision AdmitRequest(in RequestFacts facts)
    {
        var attribution = AttributionRules.Admit(facts);
        return attribution.IsAllowed ? AdmitName(facts) : attribution;
    }

    /// <summary>The first candidate, in the policy's order, that nothing excludes.</summary>
    public static Decision ChooseRoute(in RequestFacts facts)
    {
        var ranking = default(CandidateRanking);
        return ChooseRoute(facts, ref ranking);
    }

    /// <summary>The candidates that nothing excludes, in the policy's order: the first is the decision's, the others stand by.</summary>
    public static Decision ChooseRoute(in RequestFacts facts, ref CandidateRanking ranking)
    {
        var excludedBy = PolicyRule.None;
        var candidates = facts.Serving!.CandidateArray;
        for (var place = 0; place < candidates.Length; place++)
        {
            var exclusion = ExclusionOf(place, facts);
            if (exclusion == PolicyRule.None)
            {
                ranking.Add(place);
            }
            else
            {
                // Of several reasons the one is told that was judged last: its candidate is nearest to being served.
                excludedBy = DepthOf(exclusion) > DepthOf(excludedBy) ? exclusion : excludedBy;
            }
        }

        CandidateOrder.Apply(facts, facts.Serving!, ref ranking);
        ranking.PutLast(facts.Routing.Resting);
        ranking.PutLast(facts.Routing.Limited);
        return ranking.Count > 0 ? Decision.Choose(candidates[ranking[0]]) : Refuse(excludedBy, facts);
    }

    /// <summary>All steps, in the order of a node's stages; for where no request's path lies between them.</summary>
    public static Decision Evaluate(in RequestFacts facts)
    {
        var route = Route(facts);
        return route.IsAllowed && AdmitUse(facts) is { IsAllowed: false } refusal ? refusal : route;
    }

    /// <summary>What serves it, whether or not there is room for it.</summary>
    internal static Decision Route(in RequestFacts facts)
    {
        var admission = Admit(facts);
        return admission.IsAllowed ? ChooseRoute(facts) : admission;
    }

    /// <summary>
    /// What the rules that are only observed say of a request that is admitted, as if they were enforced: each kind that can be observed for itself,
    /// so that no denial hides another. Empty where none says no, or none is observed.
    /// </summary>
    public static Decision[] Observe(CompiledPolicy policy, in RequestFacts facts)
    {
        if (facts.Unobserved(policy) is not { } observed)
        {
            return [];
        }

        ReadOnlySpan<Decision> said = [AttributionRules.AdmitTags(observed), AttributionRules.AdmitWorkload(observed), ObserveModels(facts, observed), AdmitUse(observed)];
        var denials = new List<Decision>(said.Length);
        foreach (var decision in said)
        {
            if (!decision.IsAllowed)
            {
                denials.Add(decision);
            }
        }

        return [.. denials];
    }

    // Whatever keeps the other candidates away, the denial that is observed has taken the one that served.
    private static Decision ObserveModels(in RequestFacts facts, in RequestFacts observed)
    {
        var name = AdmitName(observed);
        if (!name.IsAllowed || ChooseRoute(observed).IsAllowed || ChooseRoute(facts).Candidate is not { } served)
        {
            return name;
        }

        var denied = observed.Tenant.Denied.Contains(served.Model) ? served.Model : facts.Serving!;
        return Decision.Deny(ErrorCode.ModelNotAllowed, PolicyRule.ModelsDeny, RuleOrigin.OfDenial(observed.Tenant, denied));
    }

    /// <summary>Is there room for it? Asked when a route is chosen: which model's limits bear is known then. Of the counters only what they said is known.</summary>
    public static Decision AdmitUse(in RequestFacts facts)
    {
        var output = AdmitOutput(facts);
        return output.IsAllowed && facts.Refusal is { } refusal
            ? Decision.Deny(refusal.Code, refusal.Rule, RuleOrigin.OfLimit(facts.Tenant, refusal))
            : output;
    }

    /// <summary>May it ask for so much output?</summary>
    public static Decision AdmitOutput(in RequestFacts facts) =>
        facts.MaxOutputTokens > facts.Tenant.MaxOutputTokens
            ? Decision.Deny(ErrorCode.InvalidRequest, PolicyRule.MaxOutputTokens, facts.Tenant.MaxOutputOrigin)
            : Decision.Admitted;

    /// <summary>Why <paramref name="candidate"/> may not serve the request; <see cref="PolicyRule.None"/> where it may.</summary>
    public static PolicyRule ExclusionOf(CompiledCandidate candidate, in RequestFacts facts)
    {
        var (workload, serving) = (facts.Workload, facts.Serving);
        if (Denies(facts.Tenant.Denied, candidate, serving))
        {
            return PolicyRule.ModelsDeny;
        }

        if (Denies(workload.Denied, candidate, serving))
        {
            return PolicyRule.WorkloadModels;
        }

        if (!facts.Tenant.MayBeProcessedIn(candidate))
        {
            return PolicyRule.Residency;
        }

        if (!facts.Tenant.IsAttestedFor(candidate, facts.DataClasses))
        {
            return PolicyRule.Attestations;
        }

        var disabled = facts.Switches.DisabledModels;
        if (disabled.Contains(candidate.Model.Name) || (serving is not null && disabled.Contains(serving.Name)))
        {
            return PolicyRule.ModelEnabled;
        }

        return facts.Switches.DisabledProviders.Contains(candidate.Provider.Name) ? PolicyRule.ProviderEnabled : PolicyRule.None;
    }

    /// <summary>The same of the candidate at a place: what the policy says of it, then of the request, and then whether it is well.</summary>
    public static PolicyRule ExclusionOf(int place, in RequestFacts facts)
    {
        var serving = facts.Serving!;
        var candidate = serving.CandidateArray[place];
        if (ExclusionOf(candidate, facts) is var exclusion and not PolicyRule.None)
        {
            return exclusion;
        }

        if (!serving.TargetOf(place).Takes(facts))
        {
            return PolicyRule.TargetCondition;
        }

        var (traits, shape) = (candidate.Model.Traits!, facts.Shape);
        if (!candidate.Provider.Offers(shape.Operation) || (candidate.Loses(shape) & ~facts.Tenant.MayLose) != 0)
        {
            return PolicyRule.ProviderProtocol;
        }

        if ((shape.Needs & ~traits.Capabilities) != 0 || shape.MaxOutputTokens > traits.MaxOutputTokens)
        {
            return PolicyRule.ModelCapabilities;
        }

        if (shape.PromptTokens + shape.MaxOutputTokens > traits.ContextWindow)
        {
            return PolicyRule.ModelContextWindow;
        }

        return (facts.Routing.Unhealthy & (1UL << place)) != 0 ? PolicyRule.DeploymentHealthy : PolicyRule.None;
    }

    // A workload may be served by another name than was asked for, and that one may be denied itself.
    private static bool Denies(NameSet denied, CompiledCandidate candidate, CompiledName? serving) =>
        denied.Contains(candidate.Model) || (serving is not null && denied.Contains(serving));

    /// <summary>How far ExclusionOf came.</summary>
    internal static int DepthOf(PolicyRule exclusion) => exclusion switch
    {
        PolicyRule.ModelsDeny => 1,
        PolicyRule.WorkloadModels => 2,
        PolicyRule.Residency => 3,
        PolicyRule.Attestations => 4,
        PolicyRule.ModelEnabled => 5,
        PolicyRule.ProviderEnabled => 6,
        PolicyRule.TargetCondition => 7,
        PolicyRule.ProviderProtocol => 8,
        PolicyRule.ModelCapabilities => 9,
        PolicyRule.ModelContextWindow => 10,
        PolicyRule.DeploymentHealthy => 11,
        _ => 0,
    };

    /// <summary>May this caller be served here at all? Needs no more than the key, so that a refusal comes before the body is read.</summary>
    public static Decision AdmitCaller(in RequestFacts facts)
    {
        if (facts.Switches.SuspensionOver(facts.Tenant) is { } suspended)
        {
            return Decision.Deny(ErrorCode.TenantSuspended, PolicyRule.TenantActive, suspended);
        }

        return (facts.NodeRegion & facts.Tenant.Regions) == 0
            ? Decision.Deny(ErrorCode.ResidencyViolation, PolicyRule.NodeRegion, RuleOrigin.OfRegions(facts.Tenant, facts.NodeRegion))
            : Decision.Admitted;
    }

    /// <summary>Whether <paramref name="name"/> would be served to the caller for a request that says no more than what it asks for, were everybody well.</summary>
    public static bool MayAskFor(in RequestFacts facts, CompiledName name, Operation operation)
    {
        var asking = facts with { Name = name, Shape = new(Operation: operation), Routing = default };
        return AdmitName(asking).IsAllowed && ChooseRoute(asking).IsAllowed;
    }

    /// <summary>May the caller ask for this name?</summary>
    public static Decision AdmitName(in RequestFacts facts)
    {
        if (facts.Name is not { } name)
        {
            return Decision.Deny(ErrorCode.ModelNotFound, PolicyRule.ModelDefined);
        }

        if (facts.KeyModels is { } keyModels && !NamePattern.AnyMatches(keyModels, name.Name))
        {
            return Decision.Deny(ErrorCode.ModelNotAllowed, PolicyRule.KeyModels, facts.Tenant);
        }

        if (!facts.Tenant.Allowed.Contains(name))
        {
            return facts.Tenant.Denied.Contains(name)
                ? Decision.Deny(ErrorCode.ModelNotAllowed, PolicyRule.ModelsDeny, RuleOrigin.OfDenial(facts.Tenant, name))
                : Decision.Deny(ErrorCode.ModelNotAllowed, PolicyRule.ModelsAllow, RuleOrigin.OfAllowance(facts.Tenant, name));
        }

        if (!facts.Workload.Allowed.Contains(name))
        {
            return Decision.Deny(ErrorCode.ModelNotAllowed, PolicyRule.WorkloadModels);
        }

        return facts.Switches.DisabledModels.Contains(name.Name)
            ? Decision.Deny(ErrorCode.ModelNotAllowed, PolicyRule.ModelEnabled)
            : Decision.Admitted;
    }

    private static Decision Refuse(PolicyRule excludedBy, in RequestFacts facts) => excludedBy switch
    {
        PolicyRule.Attestations => Decision.Deny(ErrorCode.AttestationRequired, excludedBy, RuleOrigin.OfDemands(facts.Tenant, Nearest(facts), facts.DataClasses)),
        PolicyRule.WorkloadModels or PolicyRule.TargetCondition => Decision.Deny(ErrorCode.ModelNotAllowed, excludedBy),
        PolicyRule.ProviderProtocol or PolicyRule.ModelCapabilities => Decision.Deny(ErrorCode.UnsupportedFeature, excludedBy),
        PolicyRule.ModelContextWindow => Decision.Deny(ErrorCode.ContextLengthExceeded, excludedBy),
        PolicyRule.Residency => Decision.Deny(ErrorCode.ResidencyViolation, PolicyRule.Residency, RuleOrigin.OfResidency(facts)),
        PolicyRule.ModelsDeny => Decision.Deny(ErrorCode.ModelNotAllowed, PolicyRule.ModelsDeny, RuleOrigin.OfDenial(facts.Tenant, RuleOrigin.Denied(facts, null))),
        _ => Decision.Deny(ErrorCode.NoHealthyTarget, excludedBy),
    };

    // The first that nothing but its attestations excludes so far.
    private static CompiledCandidate Nearest(RequestFacts facts) => facts.Serving!.CandidateArray.First(candidate => ExclusionOf(candidate, facts) == PolicyRule.Attestations);
}
