using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>Which field of which resource a check judged by.</summary>
internal static class RuleDeclarations
{
    /// <param name="facts">What was judged.</param>
    /// <param name="rule">By which rule.</param>
    /// <param name="origin">Path of the tenant whose rule it is; empty where no tenant's.</param>
    /// <returns>Null where no resource says it: keys, switches, and what a node knows.</returns>
    public static RuleDeclaration? Of(in RequestFacts facts, PolicyRule rule, string origin)
    {
        switch (rule)
        {
            case PolicyRule.WorkloadModels:
                return facts.Workload.Document is { AllowedModels: null, DeniedModels.Length: 0 } ? null : new("Workload", facts.Workload.Name, "spec.models");
            case PolicyRule.TargetCondition:
                return facts.Serving is { IsRoute: true } route ? new("Route", route.Name, "spec.targets") : null;
            case PolicyRule.ProviderProtocol:
                return Excluded(facts, rule) is { } offersNot ? new("Provider", offersNot.Provider.Name, "spec.protocol") : null;
            case PolicyRule.ModelCapabilities:
                return Model(facts, rule, "spec");
            case PolicyRule.ModelContextWindow:
                return Model(facts, rule, "spec.contextWindow");
            case PolicyRule.RequestsPerMinute or PolicyRule.TokensPerMinute or PolicyRule.ConcurrentRequests:
                return LimitText.DeclarationOf(facts, rule);
            default:
                return origin.Length > 0 && FieldOf(facts, rule, origin) is { } field ? new("Tenant", origin, field) : null;
        }
    }

    private static RuleDeclaration? Model(RequestFacts facts, PolicyRule rule, string field) => Excluded(facts, rule) is { } excluded ? new("Model", excluded.Model.Name, field) : null;

    // Of several that it drops the first.
    private static CompiledCandidate? Excluded(RequestFacts facts, PolicyRule rule) => facts.Serving?.CandidateArray.Where((_, place) => PolicyEvaluator.ExclusionOf(place, facts) == rule).FirstOrDefault();

    private static string? FieldOf(in RequestFacts facts, PolicyRule rule, string origin) => rule switch
    {
        PolicyRule.NodeRegion or PolicyRule.Residency => "spec.residency.allow",
        PolicyRule.TagsAllow => facts.Tags.Refused != 0 ? $"spec.tags.allow.{AttributionRules.Refused(facts).Key}" : "spec.tags.allow",
        PolicyRule.TagsRequire => "spec.tags.require",
        PolicyRule.WorkloadsAllow => "spec.workloads.allow",
        PolicyRule.DataClassDefined or PolicyRule.Attestations => "spec.dataClasses.rules",
        PolicyRule.ModelsAllow => "spec.models.allow",
        PolicyRule.ModelsDeny => "spec.models.deny",
        PolicyRule.MaxOutputTokens => "spec.limits.maxOutputTokens",
        _ => null,
    };
}
