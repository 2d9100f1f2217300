using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Validation;

/// <summary>
/// What a tenant is allowed, some provider may serve: an allowance that residency empties is a mistake, not a policy. Judged in spite of other
/// errors, as far as they leave it certain.
/// </summary>
internal sealed class AllowedModelsAreServable : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        if (RegionTable.RegionsOf(context.Document).Count() > RegionTable.MaximumRegions
            || AttributionCompiler.DataClassesOf(context.Document).Count() > BitNames.Maximum
            || AttributionCompiler.AttestationsOf(context.Document).Count() > BitNames.Maximum)
        {
            yield break;
        }

        var policy = PolicyCompiler.Compile(JudgeablePart.Of(context), version: 0);
        foreach (var tenant in policy.Tenants.Where(tenant => context.Tenants.ContainsKey(tenant.Path)).OrderBy(tenant => tenant.Path, StringComparer.Ordinal))
        {
            var own = tenant.Document.AllowedModels ?? [];
            for (var i = 0; i < own.Length; i++)
            {
                var pattern = new NamePattern(own[i]);
                var effective = policy.Names.Where(name => pattern.Matches(name.Name) && tenant.Allowed.Contains(name)).ToArray();
                if (effective.Length > 0 && !Array.Exists(effective, name => !JudgeablePart.IsKnown(name) || CanServe(tenant, name)))
                {
                    yield return Denied(tenant, $"spec.models.allow[{i}]", pattern.Text, effective) ?? Unattested(policy, tenant, $"spec.models.allow[{i}]", pattern.Text, effective) ?? Unservable(policy, tenant, $"spec.models.allow[{i}]", pattern.Text, effective);
                }
            }
        }
    }

    // By some request: what a target's condition or a model's limits keep out is another's.
    private static bool CanServe(CompiledTenant tenant, CompiledName name)
    {
        var facts = new RequestFacts(tenant, name, 0, null, AccessSwitches.None);
        return name.Candidates.Any(candidate => PolicyEvaluator.ExclusionOf(candidate, facts) == PolicyRule.None);
    }

    // Residency and data permit some, and a deny-list leaves none of them.
    private static PolicyProblem? Denied(CompiledTenant tenant, string path, string pattern, CompiledName[] names)
    {
        var denied = names.SelectMany(name => name.Candidates)
            .Where(candidate => tenant.MayBeProcessedIn(candidate) && tenant.IsAttestedFor(candidate, tenant.DataClasses.Floor))
            .Select(candidate => candidate.Model).Where(tenant.Denied.Contains).Distinct()
            .Select(model => (model.Name, By: RuleOrigin.OfDenial(tenant, model).Path)).ToArray();
        return denied.Length == 0 ? null : Problems.Error(
            "Tenant", tenant.Path, path, "unservable_model",
            $"{tenant.Path} allows \"{pattern}\", and {string.Join(" and ", denied.Select(model => $"models.deny of {model.By} names {model.Name}"))}, which would serve it",
            $"no longer deny {string.Join(" or ", denied.Select(model => model.Name))}, or remove it here");
    }

    // Residency permits some, and what the tenant's data demands leaves none of them.
    private static PolicyProblem? Unattested(CompiledPolicy policy, CompiledTenant tenant, string path, string pattern, CompiledName[] names)
    {
        var excluded = names.SelectMany(name => name.Candidates)
            .Where(candidate => tenant.MayBeProcessedIn(candidate) && !tenant.IsAttestedFor(candidate, tenant.DataClasses.Floor)).ToArray();
        if (excluded.Length == 0)
        {
            return null;
        }

        var demanded = string.Join(", ", policy.Attestations.NamesIn(tenant.DataClasses.DemandsOf(tenant.DataClasses.Floor)));
        return Problems.Error(
            "Tenant", tenant.Path, path, "unservable_model",
            $"{tenant.Path} allows \"{pattern}\", and its data ({string.Join(", ", policy.DataClasses.NamesIn(tenant.DataClasses.Floor))}) demands {demanded}, which no deployment in {string.Join(", ", policy.RegionsOf(tenant))} attests",
            "add a deployment that attests it, or remove it here");
    }

    private static PolicyProblem Unservable(CompiledPolicy policy, CompiledTenant tenant, string path, string pattern, CompiledName[] names)
    {
        var allowed = policy.RegionsOf(tenant);
        var processed = names.SelectMany(name => name.Candidates).Select(candidate => candidate.Region).Distinct(StringComparer.Ordinal);
        var message = $"{tenant.Path} allows \"{pattern}\", which is processed in {string.Join(", ", processed)}; its prompts may be processed in {(allowed.Count > 0 ? string.Join(", ", allowed) : "no region")}";
        // A tenant that may be processed nowhere has been parked on purpose.
        return allowed.Count > 0
            ? Problems.Error("Tenant", tenant.Path, path, "unservable_model", message, $"add a deployment in {string.Join(" or ", allowed)}, or remove it here")
            : Problems.Warning("Tenant", tenant.Path, path, "unservable_model", message, "add a region to residency.allow");
    }
}
