namespace Asc.Policy.Decisions;

/// <summary>The rules of a policy, in the order in which they judge.</summary>
public enum PolicyRule
{
    None,

    /// <summary>The tenant and its ancestors are not suspended (access lane).</summary>
    TenantActive,

    /// <summary><c>residency.allow</c> against the region of the node that received the request.</summary>
    NodeRegion,

    /// <summary>The name asked for is a model or a route.</summary>
    ModelDefined,

    /// <summary>The models that the key itself is narrowed to.</summary>
    KeyModels,

    /// <summary><c>models.allow</c>.</summary>
    ModelsAllow,

    /// <summary><c>models.deny</c>.</summary>
    ModelsDeny,

    /// <summary>The model is not disabled by a kill switch (access lane).</summary>
    ModelEnabled,

    /// <summary><c>limits.maxOutputTokens</c>.</summary>
    MaxOutputTokens,

    /// <summary><c>limits.concurrentRequests</c>, of a tenant, key or model.</summary>
    ConcurrentRequests,

    /// <summary><c>limits.requestsPerMinute</c>, likewise.</summary>
    RequestsPerMinute,

    /// <summary><c>limits.tokensPerMinute</c>, likewise.</summary>
    TokensPerMinute,

    /// <summary>The provider is not disabled by a kill switch (access lane).</summary>
    ProviderEnabled,

    /// <summary><c>residency.allow</c> against the regions where the candidates process.</summary>
    Residency,
}

/// <summary>How rules are named to people and programs.</summary>
public static class PolicyRules
{
    /// <summary>The rule's name, as in <c>asc explain</c>.</summary>
    public static string WireName(this PolicyRule rule) => rule switch
    {
        PolicyRule.None => "",
        PolicyRule.TenantActive => "tenant.active",
        PolicyRule.NodeRegion => "residency.node",
        PolicyRule.ModelDefined => "model.defined",
        PolicyRule.KeyModels => "key.models",
        PolicyRule.ModelsAllow => "models.allow",
        PolicyRule.ModelsDeny => "models.deny",
        PolicyRule.ModelEnabled => "model.enabled",
        PolicyRule.MaxOutputTokens => "limits.maxOutputTokens",
        PolicyRule.ConcurrentRequests => "limits.concurrentRequests",
        PolicyRule.RequestsPerMinute => "limits.requestsPerMinute",
        PolicyRule.TokensPerMinute => "limits.tokensPerMinute",
        PolicyRule.ProviderEnabled => "provider.enabled",
        PolicyRule.Residency => "residency.allow",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };
}
