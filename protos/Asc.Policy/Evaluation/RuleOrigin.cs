using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>Whose rule it is that says no: the highest tenant of the lineage that would already say it. For denials only, off the fast path.</summary>
internal static class RuleOrigin
{
    /// <summary>What of what is asked for is denied: the name itself, what serves it in its place, or else the first target that is.</summary>
    /// <param name="facts">What was judged.</param>
    /// <param name="origin">By whom; null: by anybody.</param>
    public static CompiledName Denied(RequestFacts facts, CompiledTenant? origin) => facts.Serving!.CandidateArray.Select(candidate => candidate.Model).Prepend(facts.Serving).Prepend(facts.Name!)
        .First(name => facts.Tenant.Denied.Contains(name) && (origin is null || OfDenial(facts.Tenant, name) == origin));

    /// <summary>Of the candidates that residency drops the first one's: whose document leaves its region out.</summary>
    public static CompiledTenant OfResidency(RequestFacts facts) => OfRegions(facts.Tenant, DroppedByResidency(facts).First().RegionBit);

    public static IEnumerable<CompiledCandidate> DroppedByResidency(RequestFacts facts) =>
        facts.Serving!.CandidateArray.Where(candidate => PolicyEvaluator.ExclusionOf(candidate, facts) == PolicyRule.Residency);

    public static CompiledTenant OfRegions(CompiledTenant tenant, ulong region) =>
        tenant.Lineage().FirstOrDefault(at => (at.Regions & region) == 0) ?? tenant;

    public static CompiledTenant OfAllowance(CompiledTenant tenant, CompiledName name) =>
        tenant.Lineage().FirstOrDefault(at => !at.Allowed.Contains(name)) ?? tenant;

    public static CompiledTenant OfDenial(CompiledTenant tenant, CompiledName name) =>
        tenant.Lineage().FirstOrDefault(at => at.Denied.Contains(name)) ?? tenant;

    public static CompiledTenant OfTagValue(CompiledTenant tenant, string key, RequestTags tags) =>
        tenant.Lineage().FirstOrDefault(at => tags.Find(key) is { } value && at.Tags.Find(key) is { } rule && !rule.Allows(value)) ?? tenant;

    public static CompiledTenant OfRequirement(CompiledTenant tenant, string key) =>
        tenant.Lineage().FirstOrDefault(at => at.Tags.Find(key) is { IsRequired: true }) ?? tenant;

    public static CompiledTenant OfWorkloads(CompiledTenant tenant, CompiledWorkload workload) =>
        tenant.Lineage().FirstOrDefault(at => !at.Takes(workload)) ?? tenant;

    /// <summary>Whose demands <paramref name="candidate"/> fails.</summary>
    public static CompiledTenant OfDemands(CompiledTenant tenant, CompiledCandidate candidate, ulong classes) =>
        tenant.Lineage().FirstOrDefault(at => !at.IsAttestedFor(candidate, classes)) ?? tenant;

    /// <summary>Null where a key or a model declares it.</summary>
    public static CompiledTenant? OfLimit(CompiledTenant tenant, LimitRefusal refusal) =>
        tenant.Lineage().FirstOrDefault(at => at.Path == refusal.Origin);

    /// <summary>The nearest tenant that declares where prompts may be processed; where nothing is denied.</summary>
    public static CompiledTenant NearestResidency(CompiledTenant tenant) =>
        tenant.Lineage().LastOrDefault(at => at.Document.AllowedRegions is not null) ?? tenant;
}
