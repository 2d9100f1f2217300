using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>The sentences about tags, workloads and data classes that a denied caller reads.</summary>
internal static class AttributionTexts
{
    public static string Denial(CompiledPolicy policy, RequestFacts facts, Decision decision, string asked)
    {
        var (tenant, origin) = (facts.Tenant, decision.Origin?.Path ?? facts.Tenant.Path);
        switch (decision.Rule)
        {
            case PolicyRule.KeyTags:
                var bound = facts.Tags.Changed!.Value;
                return $"This key is bound to the tag {bound.Key}={bound.Value}: a request may repeat it or leave it out, and not change it.";
            case PolicyRule.TagsAllow:
                var refused = AttributionRules.Refused(facts);
                return $"The tag {refused.Key} of {tenant.Path} can't be \"{facts.Tags.Find(refused.Key)}\": tags.allow of {origin} permits {DenialMessage.Join(refused.Allowed!)}.";
            case PolicyRule.TagsRequire:
                var lacking = AttributionRules.Lacking(facts);
                return $"Requests of {tenant.Path} carry the tag {lacking.Key}: tags.require of {origin} demands it. Send it as x-asc-tags: {lacking.Key}={Example(lacking)}{Choice(lacking)}.";
            case PolicyRule.WorkloadDefined:
                return $"There is no workload \"{facts.Attribution.UnknownWorkload}\" in {policy.Title}. {MayBe(policy, facts)}";
            case PolicyRule.KeyWorkloads:
                return $"This key is narrowed to {DenialMessage.Join(facts.Attribution.Key!.Declared.Workloads)}; the request is {facts.Workload.Name}{Unsaid(facts)}. {MayBe(policy, facts)}";
            case PolicyRule.WorkloadsAllow:
                return $"{tenant.Path} takes no {facts.Workload.Name} requests{Unsaid(facts)}: workloads.allow of {origin} does not include it. {MayBe(policy, facts)}";
            case PolicyRule.DataClassDefined:
                return $"{tenant.Path} has no rule for the data class \"{AttributionRules.UnknownDataClass(facts)}\", so nothing says what it demands. {Known(policy, tenant)}";
            default:
                return $"{tenant.Path} may not use \"{asked}\" for {DenialMessage.Join(DemandingClasses(policy, facts))}: dataClasses.rules of {origin} demand {DenialMessage.Join(Demanded(policy, facts))}, and no deployment that residency permits attests it.{DenialMessage.Others(policy, facts)}";
        }
    }

    /// <summary>What the request's data demands.</summary>
    public static IReadOnlyList<string> Demanded(CompiledPolicy policy, in RequestFacts facts) => policy.Attestations.NamesIn(facts.Tenant.DataClasses.DemandsOf(facts.DataClasses));

    /// <summary>Of the request's data classes those that demand something.</summary>
    public static IEnumerable<string> DemandingClasses(CompiledPolicy policy, RequestFacts facts) =>
        policy.DataClasses.NamesIn(facts.DataClasses).Where(name => facts.Tenant.DataClasses.DemandsOf(policy.DataClasses.BitOf(name)) != 0);

    /// <summary>The classes that the caller may say.</summary>
    public static IEnumerable<CompiledWorkload> Takes(CompiledPolicy policy, RequestFacts facts) => policy.Workloads
        .Where(workload => facts.Tenant.Takes(workload) && (facts.Attribution.Key is not { } key || (key.Workloads & workload.Bit) != 0))
        .OrderBy(workload => workload.Name, StringComparer.Ordinal);

    /// <summary>A value that would do.</summary>
    public static string Example(CompiledTag tag) => tag.Allowed is [var first, ..] ? first : "…";

    private static string Choice(CompiledTag tag) => tag.Allowed is { Count: > 1 } values ? $" (or {string.Join(", ", values.Skip(1))})" : "";

    private static string Unsaid(RequestFacts facts) => facts.Attribution.Workload is null ? ", as it says nothing else" : "";

    private static string MayBe(CompiledPolicy policy, RequestFacts facts) =>
        Takes(policy, facts).Select(workload => workload.Name).ToArray() is { Length: > 0 } names ? $"Allowed here, as x-asc-workload: {string.Join(", ", names)}." : "None is allowed here.";

    private static string Known(CompiledPolicy policy, CompiledTenant tenant) =>
        policy.DataClasses.NamesIn(tenant.DataClasses.Known) is { Count: > 0 } names ? $"Known here: {string.Join(", ", names)}." : "It has rules for none.";
}
