using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>May the request say of itself what it says, and does it say what it must? In the order of <see cref="PolicyRule"/>.</summary>
internal static class AttributionRules
{
    public static Decision Admit(in RequestFacts facts)
    {
        var tags = AdmitTags(facts);
        if (!tags.IsAllowed)
        {
            return tags;
        }

        var workload = AdmitWorkload(facts);
        return workload.IsAllowed && UnknownDataClass(facts) is not null ? Decision.Deny(ErrorCode.InvalidRequest, PolicyRule.DataClassDefined) : workload;
    }

    /// <summary>The class that the tenant has no rule for, the request's or its key's; null where there is none.</summary>
    public static string? UnknownDataClass(in RequestFacts facts) => facts.Attribution.UnknownDataClass ?? facts.Attribution.Key?.UnknownDataClass;

    /// <summary>The first tag that the tenant requires and the request lacks.</summary>
    public static CompiledTag Lacking(in RequestFacts facts)
    {
        var tags = facts.Tags;
        return facts.Tenant.Tags.Rules.First(rule => rule.IsRequired && tags.Find(rule.Key) is null);
    }

    /// <summary>The first tag whose value the tenant doesn't allow.</summary>
    public static CompiledTag Refused(in RequestFacts facts)
    {
        var tags = facts.Tags;
        return facts.Tenant.Tags.Rules.First(rule => tags.Find(rule.Key) is { } value && !rule.Allows(value));
    }

    public static Decision AdmitTags(in RequestFacts facts)
    {
        var tags = facts.Tags;
        if (tags.Changed is not null)
        {
            return Decision.Deny(ErrorCode.TagNotAllowed, PolicyRule.KeyTags, facts.Tenant);
        }

        if (tags.Refused != 0)
        {
            return Decision.Deny(ErrorCode.TagNotAllowed, PolicyRule.TagsAllow, RuleOrigin.OfTagValue(facts.Tenant, Refused(facts).Key, tags));
        }

        return (facts.Tenant.Tags.Required & ~tags.Present) != 0
            ? Decision.Deny(ErrorCode.TagRequired, PolicyRule.TagsRequire, RuleOrigin.OfRequirement(facts.Tenant, Lacking(facts).Key))
            : Decision.Admitted;
    }

    public static Decision AdmitWorkload(in RequestFacts facts)
    {
        if (facts.Attribution.UnknownWorkload is not null)
        {
            return Decision.Deny(ErrorCode.WorkloadNotAllowed, PolicyRule.WorkloadDefined);
        }

        var workload = facts.Workload;
        if (facts.Attribution.Key is { } key && (key.Workloads & workload.Bit) == 0)
        {
            return Decision.Deny(ErrorCode.WorkloadNotAllowed, PolicyRule.KeyWorkloads, facts.Tenant);
        }

        return facts.Tenant.Takes(workload)
            ? Decision.Admitted
            : Decision.Deny(ErrorCode.WorkloadNotAllowed, PolicyRule.WorkloadsAllow, RuleOrigin.OfWorkloads(facts.Tenant, workload));
    }
}
