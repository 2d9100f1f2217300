namespace Asc.PolicyFiles;

/// <summary>
/// What the contract shows and this build does not enforce. Refused, as a rule that is written and not enforced would be worse than none.
/// <c>docs/policy.md</c> lists the same; a test compares.
/// </summary>
public static class NotSupportedYet
{
    /// <summary>Fields, as "Kind.path".</summary>
    public static IReadOnlySet<string> Fields { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "Provider.spec.attestations",
        "Provider.spec.timeouts",
        "Provider.spec.proxy",
        "Provider.spec.caFile",
        "Model.spec.contextWindow",
        "Model.spec.maxOutputTokens",
        "Model.spec.prices",
        "Model.spec.deployments.attestations",
        "Route.spec.retry",
        "Route.spec.targets.when",
        "Tenant.spec.owner",
        "Tenant.spec.notify",
        "Tenant.spec.dataClasses",
        "Tenant.spec.budgets",
        "Tenant.spec.workloads",
        "Tenant.spec.tags",
        "Tenant.spec.guardrails",
        "Tenant.spec.audit",
        "Tenant.spec.observe",
    };

    /// <summary>Values, as "Kind.path=value".</summary>
    public static IReadOnlySet<string> Values { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "Provider.spec.protocol=anthropic",
        "Provider.spec.protocol=mistral",
        "Provider.spec.protocol=azure-openai",
        "Provider.spec.protocol=openai-compatible",
        "Route.spec.strategy=weighted",
        "Route.spec.strategy=least-latency",
        "Route.spec.strategy=least-cost",
    };

    /// <summary>Kinds.</summary>
    public static IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { "Workload", "Guardrail", "PriceList", "ExchangeRates" };
}
