using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Switches;
using Asc.Persistence;
using Asc.Policy.Comparison;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Policies;

/// <summary><c>describe tenant</c>: each rule that bears on it and whose it is, and what is left to ask for.</summary>
internal sealed class TenantDescription(ControlPlaneStore store, PolicyLibrary library, TimeProvider time)
{
    public Task<DescribeTenantResponse> DescribeAsync(DescribeTenantRequest request, CancellationToken cancellation) => store.ReadAsync(
        async database =>
        {
            var (content, compiled) = await library.ReadAsync(database, request.Draft, cancellation);
            var tenant = compiled.FindTenant(request.Path)
                ?? throw AdminException.NotFound(
                    $"There is no tenant \"{request.Path}\" in {Place(compiled)}.",
                    !request.Draft && await IsInDraftAsync(database, request.Path, cancellation) ? "It is in the draft: publish it first, or look at it there with --draft." : "asc get tenants lists them.");
            var switches = await SwitchReader.ReadAsync(database, cancellation);
            var suspension = switches.SuspensionOver(tenant);
            var now = time.GetUtcNow();
            return new DescribeTenantResponse
            {
                Path = tenant.Path,
                Version = compiled.Version,
                Labels = { content.Find("Tenant", tenant.Path)?.Resource.Metadata.Labels ?? [] },
                Suspended = suspension is not null,
                SuspendedBy = suspension?.Path ?? "",
                Rules = { (tenant.Strict ?? tenant).Lineage().SelectMany(at => RulesOf(at, compiled.FindTenant(at.Path)!.Document.Observe, content)) },
                Effective = { EffectiveOf(tenant, content) },
                Names = { NamesOf(compiled, tenant, switches, RoutingInputs.DayOf(now)) },
                Keys = (uint)await database.ApiKeys.CountAsync(
                    key => key.TenantPath == tenant.Path && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now), cancellation),
            };
        },
        cancellation);

    private static Task<bool> IsInDraftAsync(ControlPlaneContext database, string path, CancellationToken cancellation) =>
        database.DraftResources.AnyAsync(resource => resource.Kind == "Tenant" && resource.Name == path, cancellation);

    private static string Place(CompiledPolicy policy) => policy.Version == 0 ? "the draft" : $"version {policy.Version}";

    // Those that are observed are told of too.
    private static IEnumerable<EffectiveRule> RulesOf(CompiledTenant tenant, ObservedRules observed, PolicyContent content)
    {
        var source = content.Find("Tenant", tenant.Path)?.Source;
        return RulesOf(tenant.Document).Select(rule => new EffectiveRule { Rule = rule.Rule, Values = { rule.Values }, Origin = tenant.Path, Observed = IsObserved(rule.Rule, observed), Source = source?.At($"spec.{rule.Rule}") });
    }

    private static IEnumerable<EffectiveRule> EffectiveOf(CompiledTenant tenant, PolicyContent content) => EffectivePolicy
        .Of(tenant.Lineage().SelectMany(at => RulesOf(at.Document).Where(rule => !IsObserved(rule.Rule, at.Document.Observe)).Select(rule => new DeclaredRule(rule.Rule, [.. rule.Values], at.Path))))
        .Select(rule => new EffectiveRule { Rule = rule.Rule, Values = { rule.Values }, Origin = rule.Origin, Source = content.Find("Tenant", rule.Origin)?.Source?.At($"spec.{rule.Rule}") });

    private static bool IsObserved(string rule, ObservedRules observed) => rule switch
    {
        _ when rule.StartsWith("models.", StringComparison.Ordinal) => observed.HasFlag(ObservedRules.Models),
        _ when rule.StartsWith("tags.default", StringComparison.Ordinal) => false,
        _ when rule.StartsWith("tags.", StringComparison.Ordinal) => observed.HasFlag(ObservedRules.Tags),
        "workloads.allow" => observed.HasFlag(ObservedRules.Workloads),
        _ when rule.StartsWith("limits.", StringComparison.Ordinal) => observed.HasFlag(ObservedRules.Limits),
        _ => false,
    };

    // Each is named as its field is.
    private static IEnumerable<(string Rule, IEnumerable<string> Values)> RulesOf(TenantDocument tenant)
    {
        if (tenant.AllowedModels is { } models)
        {
            yield return ("models.allow", models);
        }

        if (tenant.DeniedModels.Length > 0)
        {
            yield return ("models.deny", tenant.DeniedModels);
        }

        if (tenant.AllowedRegions is { } regions)
        {
            yield return ("residency.allow", regions);
        }

        foreach (var rule in AttributionRuleTexts.Of(tenant))
        {
            yield return rule;
        }

        foreach (var (field, value) in DeclaredLimits.Of(tenant))
        {
            yield return (field, [value]);
        }

        if (tenant.FeatureGaps != FeatureGaps.Unspecified)
        {
            yield return ("featureGaps", [tenant.FeatureGaps == FeatureGaps.Refuse ? EffectivePolicy.Refuses : "drop"]);
        }
    }

    // Judged as if nobody were suspended: the question is what policy gives.
    private static IEnumerable<ServedName> NamesOf(CompiledPolicy policy, CompiledTenant tenant, AccessSwitches switches, int day)
    {
        var standing = switches with { SuspendedTenants = AccessSwitches.None.SuspendedTenants };
        // Nor for what a request may lack.
        var exemplary = RequestAttribution.Exemplary(policy, tenant);
        var region = policy.RegionsOf(tenant) is [var first, ..] ? first : "";
        foreach (var name in policy.Names.OrderBy(name => name.Name, StringComparer.Ordinal))
        {
            var facts = new RequestFacts(tenant, name, policy.Regions.BitOf(region), null, standing) { Attribution = exemplary, Routing = new(Day: day) };
            if (PolicyEvaluator.Admit(facts).IsAllowed)
            {
                var trace = PolicyExplainer.Explain(policy, facts, name.Name, region, isForeseen: true);
                yield return new ServedName { Name = name.Name, Kind = name.IsRoute ? "route" : "model", Candidates = { trace.Candidates.Select(candidate => candidate.ToWire()) } };
            }
        }
    }
}
