using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>What is observed is declared in the same document, and a root's allow-list is not: it grants, so that observing it would allow all.</summary>
internal sealed class ObservationsMeanSomething : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context) => context.Document.Tenants.SelectMany(Check);

    private static IEnumerable<PolicyProblem> Check(TenantDocument tenant)
    {
        if (tenant.Observe.HasFlag(ObservedRules.Models) && tenant.ParentPath is null)
        {
            yield return Problems.Error(
                "Tenant", tenant.Path, "spec.observe", "not_observable", "the allow-list of a root is what grants anything: it can't be observed only", "observe it in a tenant below, or remove models from observe");
        }

        (ObservedRules Rules, string Name, bool IsDeclared)[] all =
        [
            (ObservedRules.Models, "models", tenant.AllowedModels is not null || tenant.DeniedModels.Length > 0),
            (ObservedRules.Tags, "tags", tenant.Tags is { } tags && (tags.Require.Length > 0 || tags.Allow.Count > 0)),
            (ObservedRules.Workloads, "workloads", tenant.Workloads?.Allow is not null),
            (ObservedRules.Limits, "limits", tenant.Limits != TenantLimitsDocument.None),
        ];
        foreach (var (_, name, _) in all.Where(one => tenant.Observe.HasFlag(one.Rules) && !one.IsDeclared))
        {
            yield return Problems.Warning(
                "Tenant", tenant.Path, "spec.observe", "no_effect", $"{tenant.Path} observes {name} and declares none: a parent's rules are enforced all the same", $"declare spec.{name}, or remove it from observe");
        }
    }
}
