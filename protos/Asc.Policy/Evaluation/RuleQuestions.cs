using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>What each rule asks, for who meets its name for the first time.</summary>
public static class RuleQuestions
{
    /// <summary>The question that a check answers with pass or fail.</summary>
    public static string Question(this PolicyRule rule) => rule switch
    {
        PolicyRule.TenantActive => "are the tenant and all above it active, not suspended?",
        PolicyRule.NodeRegion => "may a node in this region serve the tenant?",
        PolicyRule.KeyTags => "does the request leave its key's tags as they are?",
        PolicyRule.TagsAllow => "has each tag a value that is allowed?",
        PolicyRule.TagsRequire => "does the request carry every tag that is required?",
        PolicyRule.WorkloadDefined => "is there such a workload?",
        PolicyRule.KeyWorkloads => "may this key send requests of this workload?",
        PolicyRule.WorkloadsAllow => "may the tenant send requests of this workload?",
        PolicyRule.DataClassDefined => "has the tenant a rule for each class of the request's data?",
        PolicyRule.ModelDefined => "is there a model or route of this name?",
        PolicyRule.KeyModels => "may this key ask for it?",
        PolicyRule.ModelsAllow => "may the tenant ask for it?",
        PolicyRule.ModelsDeny => "does no deny-list name it, or what would serve it?",
        PolicyRule.WorkloadModels => "may requests of this workload ask for it?",
        PolicyRule.ModelEnabled => "has no admin switched the model off?",
        PolicyRule.Residency => "does a candidate process where the tenant's prompts may go?",
        PolicyRule.Attestations => "does a candidate attest what the request's data demands?",
        PolicyRule.ProviderEnabled => "has no admin switched the provider off?",
        PolicyRule.TargetCondition => "does a target of the route take such a request?",
        PolicyRule.ProviderProtocol => "does a candidate's provider offer what the request asks for?",
        PolicyRule.ModelCapabilities => "can a candidate do what the request asks for and uses?",
        PolicyRule.ModelContextWindow => "does the prompt fit a candidate's context window?",
        PolicyRule.DeploymentHealthy => "is a candidate well, as far as the node knew?",
        PolicyRule.MaxOutputTokens => "does it ask for no more output than is allowed?",
        PolicyRule.ConcurrentRequests => "is there room among the requests under way?",
        PolicyRule.RequestsPerMinute => "is there room in the requests of this minute?",
        PolicyRule.TokensPerMinute => "is there room in the tokens of this minute?",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };
}
