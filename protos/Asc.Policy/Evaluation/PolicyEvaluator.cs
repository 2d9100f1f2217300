using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

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
        return caller.IsAllowed ? AdmitName(facts) : caller;
    }

    /// <summary>The first candidate, in the policy's order, that nothing excludes.</summary>
    public static Decision ChooseRoute(in RequestFacts facts)
    {
        var excludedBy = PolicyRule.None;
        foreach (var candidate in facts.Name!.CandidateArray)
        {
            var exclusion = ExclusionOf(candidate, facts);
            if (exclusion == PolicyRule.None)
            {
                return Decision.Choose(candidate);
            }

            // Of several reasons the one is told that was judged last: its candidate is nearest to being served.
            excludedBy = Depth(exclusion) > Depth(excludedBy) ? exclusion : excludedBy;
        }

        return Refuse(excludedBy, facts);
    }

    /// <summary>Both steps; for where no request's path lies between them.</summary>
    public static Decision Evaluate(in RequestFacts facts)
    {
        var admission = Admit(facts);
        if (!admission.IsAllowed)
        {
            return admission;
        }

        var limits = AdmitUse(facts);
        return limits.IsAllowed ? ChooseRoute(facts) : limits;
    }

    /// <summary>Is there room for it? Of the counters only what they said is known.</summary>
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
        if (facts.Tenant.Denied.Contains(candidate.Model))
        {
            return PolicyRule.ModelsDeny;
        }

        if (!facts.Tenant.MayBeProcessedIn(candidate))
        {
            return PolicyRule.Residency;
        }

        if (facts.Switches.DisabledModels.Contains(candidate.Model.Name))
        {
            return PolicyRule.ModelEnabled;
        }

        return facts.Switches.DisabledProviders.Contains(candidate.Provider.Name) ? PolicyRule.ProviderEnabled : PolicyRule.None;
    }

    // How far ExclusionOf came.
    private static int Depth(PolicyRule exclusion) => exclusion switch
    {
        PolicyRule.ModelsDeny => 1,
        PolicyRule.Residency => 2,
        PolicyRule.ModelEnabled => 3,
        PolicyRule.ProviderEnabled => 4,
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

        return facts.Switches.DisabledModels.Contains(name.Name)
            ? Decision.Deny(ErrorCode.ModelNotAllowed, PolicyRule.ModelEnabled)
            : Decision.Admitted;
    }

    private static Decision Refuse(PolicyRule excludedBy, in RequestFacts facts) => excludedBy switch
    {
        PolicyRule.Residency => Decision.Deny(ErrorCode.ResidencyViolation, PolicyRule.Residency, RuleOrigin.OfResidency(facts.Tenant)),
        PolicyRule.ModelsDeny => Decision.Deny(ErrorCode.ModelNotAllowed, PolicyRule.ModelsDeny, facts.Tenant),
        _ => Decision.Deny(ErrorCode.NoHealthyTarget, excludedBy),
    };
}
