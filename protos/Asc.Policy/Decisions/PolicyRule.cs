namespace Asc.Policy.Decisions;

/// <summary>The rules of a policy, in the order in which they judge.</summary>
public enum PolicyRule
{
    None,

    /// <summary>The tenant and its ancestors are not suspended (access lane).</summary>
    TenantActive,

    /// <summary><c>residency.allow</c> against the region of the node that received the request.</summary>
    NodeRegion,

    /// <summary>The tags that the key is bound to.</summary>
    KeyTags,

    /// <summary><c>tags.allow</c>.</summary>
    TagsAllow,

    /// <summary><c>tags.require</c>.</summary>
    TagsRequire,

    /// <summary>The workload is one that the policy knows.</summary>
    WorkloadDefined,

    /// <summary>The workloads that the key itself is narrowed to.</summary>
    KeyWorkloads,

    /// <summary><c>workloads.allow</c>.</summary>
    WorkloadsAllow,

    /// <summary>The data classes are ones that the tenant has rules for.</summary>
    DataClassDefined,

    /// <summary>The name asked for is a model or a route.</summary>
    ModelDefined,

    /// <summary>The models that the key itself is narrowed to.</summary>
    KeyModels,

    /// <summary><c>models.allow</c>.</summary>
    ModelsAllow,

    /// <summary><c>models.deny</c>.</summary>
    ModelsDeny,

    /// <summary><c>models</c> of the workload.</summary>
    WorkloadModels,

    /// <summary>The model is not disabled by a kill switch (access lane).</summary>
    ModelEnabled,

    /// <summary><c>residency.allow</c> against the regions where the candidates process.</summary>
    Residency,

    /// <summary><c>dataClasses.rules</c>: what the request's data demands, against what is attested of the candidates.</summary>
    Attestations,

    /// <summary>The provider is not disabled by a kill switch (access lane).</summary>
    ProviderEnabled,

    /// <summary>A route's <c>targets.when</c>: which requests the target takes.</summary>
    TargetCondition,

    /// <summary>A provider's <c>protocol</c>, against what the request asks for.</summary>
    ProviderProtocol,

    /// <summary>A model's <c>capabilities</c> and <c>maxOutputTokens</c>, against what the request asks for and uses.</summary>
    ModelCapabilities,

    /// <summary>A model's <c>contextWindow</c>, against the length of the prompt.</summary>
    ModelContextWindow,

    /// <summary>The deployment's circuit is closed: it has not failed again and again (a node's own knowledge).</summary>
    DeploymentHealthy,

    /// <summary><c>limits.maxOutputTokens</c>.</summary>
    MaxOutputTokens,

    /// <summary><c>limits.concurrentRequests</c>, of a tenant, key or model.</summary>
    ConcurrentRequests,

    /// <summary><c>limits.requestsPerMinute</c>, likewise.</summary>
    RequestsPerMinute,

    /// <summary><c>limits.tokensPerMinute</c>, likewise.</summary>
    TokensPerMinute,
}

/// <summary>How rules are named to people and programs.</summary>
public static class PolicyRules
{
    /// <summary>Whether it is one of the limits, which are judged when a route is chosen.</summary>
    internal static bool IsLimit(this PolicyRule rule) => rule >= PolicyRule.MaxOutputTokens;

    /// <summary>The rule's name, as in <c>asc explain</c>.</summary>
    public static string WireName(this PolicyRule rule) => rule switch
    {
        PolicyRule.None => "",
        PolicyRule.TenantActive => "tenant.active",
        PolicyRule.NodeRegion => "residency.node",
        PolicyRule.KeyTags => "key.tags",
        PolicyRule.TagsAllow => "tags.allow",
        PolicyRule.TagsRequire => "tags.require",
        PolicyRule.WorkloadDefined => "workload.defined",
        PolicyRule.KeyWorkloads => "key.workloads",
        PolicyRule.WorkloadsAllow => "workloads.allow",
        PolicyRule.DataClassDefined => "dataClasses.rules",
        PolicyRule.ModelDefined => "model.defined",
        PolicyRule.KeyModels => "key.models",
        PolicyRule.ModelsAllow => "models.allow",
        PolicyRule.ModelsDeny => "models.deny",
        PolicyRule.WorkloadModels => "workload.models",
        PolicyRule.ModelEnabled => "model.enabled",
        PolicyRule.Residency => "residency.allow",
        PolicyRule.Attestations => "dataClasses.requireAttestations",
        PolicyRule.ProviderEnabled => "provider.enabled",
        PolicyRule.TargetCondition => "targets.when",
        PolicyRule.ProviderProtocol => "provider.protocol",
        PolicyRule.ModelCapabilities => "model.capabilities",
        PolicyRule.ModelContextWindow => "model.contextWindow",
        PolicyRule.DeploymentHealthy => "deployment.healthy",
        PolicyRule.MaxOutputTokens => "limits.maxOutputTokens",
        PolicyRule.ConcurrentRequests => "limits.concurrentRequests",
        PolicyRule.RequestsPerMinute => "limits.requestsPerMinute",
        PolicyRule.TokensPerMinute => "limits.tokensPerMinute",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };
}
