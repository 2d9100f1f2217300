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
        "Provider.spec.proxy",
        "Provider.spec.caFile",
        "Tenant.spec.owner",
        "Tenant.spec.notify",
        "Tenant.spec.budgets",
        "Tenant.spec.guardrails",
        "Tenant.spec.audit",
    };

    /// <summary>Values, as "Kind.path=value".</summary>
    public static IReadOnlySet<string> Values { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "Tenant.spec.observe=guardrails",
        "Tenant.spec.observe=budgets",
    };

    /// <summary>Kinds.</summary>
    public static IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { "Guardrail", "PriceList", "ExchangeRates" };
}
