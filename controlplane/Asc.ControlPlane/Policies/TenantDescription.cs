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
                Rules = { (tenant.Strict ?? tenant).Lineage().SelectMany(at => RulesOf(at, ObservedIn(compiled, at.Path))) },
                Names = { NamesOf(compiled, tenant, switches) },
                Keys = (uint)await database.ApiKeys.CountAsync(
                    key => key.TenantPath == tenant.Path && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now), cancellation),
            };
        },
        cancellation);

    private static Task<bool> IsInDraftAsync(ControlPlaneContext database, string path, CancellationToken cancellation) =>
        database.DraftResources.AnyAsync(resource => resource.Kind == "Tenant" && resource.Name == path, cancellation);

    private static string Place(CompiledPolicy policy) => policy.Version == 0 ? "the draft" : $"version {policy.Version}";

    private static ObservedRules ObservedIn(CompiledPolicy policy, string path) => policy.FindTenant(path)!.Document.Observe;

    private static IEnumerable<EffectiveRule> RulesOf(CompiledTenant tenant, ObservedRules observed)
    {
        if (tenant.Document.AllowedModels is { } models)
        {
            yield return new EffectiveRule { Rule = "models.allow", Values = { models }, Origin = tenant.Path, Observed = observed.HasFlag(ObservedRules.Models) };
        }

        if (tenant.Document.DeniedModels.Length > 0)
        {
            yield return new EffectiveRule { Rule = "models.deny", Values = { tenant.Document.DeniedModels }, Origin = tenant.Path, Observed = observed.HasFlag(ObservedRules.Models) };
        }

        if (tenant.Document.AllowedRegions is { } regions)
        {
            yield return new EffectiveRule { Rule = "residency.allow", Values = { regions }, Origin = tenant.Path };
        }

        foreach (var (rule, values) in AttributionRuleTexts.Of(tenant.Document))
        {
            yield return new EffectiveRule
            {
                Rule = rule,
                Values = { values },
                Origin = tenant.Path,
                Observed = (rule.StartsWith("tags.", StringComparison.Ordinal) && !rule.StartsWith("tags.default", StringComparison.Ordinal) && observed.HasFlag(ObservedRules.Tags))
                    || (rule == "workloads.allow" && observed.HasFlag(ObservedRules.Workloads)),
            };
        }

        foreach (var (field, value) in DeclaredLimits.Of(tenant.Document))
        {
            yield return new EffectiveRule { Rule = field, Values = { value }, Origin = tenant.Path, Observed = observed.HasFlag(ObservedRules.Limits) };
        }
    }

    // Judged as if nobody were suspended: the question is what policy gives.
    private static IEnumerable<ServedName> NamesOf(CompiledPolicy policy, CompiledTenant tenant, AccessSwitches switches)
    {
        var standing = switches with { SuspendedTenants = AccessSwitches.None.SuspendedTenants };
        // Nor for what a request may lack.
        var exemplary = RequestAttribution.Exemplary(policy, tenant);
        var region = policy.RegionsOf(tenant) is [var first, ..] ? first : "";
        foreach (var name in policy.Names.OrderBy(name => name.Name, StringComparer.Ordinal))
        {
            var facts = new RequestFacts(tenant, name, policy.Regions.BitOf(region), null, standing) { Attribution = exemplary };
            if (PolicyEvaluator.Admit(facts).IsAllowed)
            {
                var trace = PolicyExplainer.Explain(policy, facts, name.Name, region);
                yield return new ServedName { Name = name.Name, Kind = name.IsRoute ? "route" : "model", Candidates = { trace.Candidates.Select(candidate => candidate.ToWire()) } };
            }
        }
    }
}
