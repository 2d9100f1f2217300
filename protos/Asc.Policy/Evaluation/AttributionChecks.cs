using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Input = System.Collections.Generic.KeyValuePair<string, string>;

namespace Asc.Policy.Evaluation;

/// <summary>What the rules for tags, workloads and data classes judged by, and whose they are.</summary>
internal static class AttributionChecks
{
    public static IEnumerable<Input> Inputs(CompiledPolicy policy, RequestFacts facts, PolicyRule rule)
    {
        var (tenant, key) = (facts.Tenant, facts.Attribution.Key);
        switch (rule)
        {
            case PolicyRule.KeyTags:
                return [new("key", key is { Declared.Tags: { IsEmpty: false } bound } ? Text(bound) : "not bound"), new("request", Text(facts.Tags.Given))];
            case PolicyRule.TagsAllow:
                return tenant.Tags.Rules.Where(tag => tag.Allowed is not null && facts.Tags.Find(tag.Key) is not null)
                    .Select(tag => new Input(tag.Key, $"{facts.Tags.Find(tag.Key)}, of {DenialMessage.Join(tag.Allowed!)}"))
                    .DefaultIfEmpty(new("restricted", "nothing"))
                    .Prepend(new("tags", Text(facts.Tags.Items)));
            case PolicyRule.TagsRequire:
                return [new("required", DenialMessage.Join(tenant.Tags.Rules.Where(tag => tag.IsRequired).Select(tag => tag.Key))), new("tags", Text(facts.Tags.Items))];
            case PolicyRule.WorkloadDefined:
                return [new("workload", facts.Attribution.UnknownWorkload ?? facts.Workload.Name)];
            case PolicyRule.KeyWorkloads:
                return [new("key", key is { Declared.Workloads: { IsEmpty: false } own } ? string.Join(", ", own) : "not narrowed"), new("workload", facts.Workload.Name)];
            case PolicyRule.WorkloadsAllow:
                return tenant.Lineage().Where(at => at.Document.Workloads?.Allow is not null).Select(at => new Input(at.Path, DenialMessage.Join(at.Document.Workloads!.Allow!.Value)))
                    .Append(new("workload", facts.Workload.Name));
            case PolicyRule.DataClassDefined:
                return
                [
                    new("dataClasses", DenialMessage.Join(policy.DataClasses.NamesIn(facts.DataClasses).Concat(AttributionRules.UnknownDataClass(facts) is { } unknown ? [unknown] : []))),
                    new("known", DenialMessage.Join(policy.DataClasses.NamesIn(tenant.DataClasses.Known))),
                ];
            default:
                return [new("workload", facts.Workload.Name), .. Models(facts.Workload)];
        }
    }

    /// <summary>The nearest tenant that declares the rule; empty where none does.</summary>
    public static string OriginOf(in RequestFacts facts, PolicyRule rule) => facts.Tenant.Lineage().LastOrDefault(at => rule switch
    {
        PolicyRule.TagsAllow => at.Document.Tags is { Allow.IsEmpty: false },
        PolicyRule.TagsRequire => at.Document.Tags is { Require.IsEmpty: false },
        PolicyRule.WorkloadsAllow => at.Document.Workloads?.Allow is not null,
        PolicyRule.DataClassDefined => at.Document.DataClasses is { Rules.IsEmpty: false },
        PolicyRule.Attestations => at.Document.DataClasses?.Rules.Values.Any(demand => !demand.RequireAttestations.IsEmpty) == true,
        _ => false,
    })?.Path ?? "";

    public static string Text(IReadOnlyCollection<Input> tags) => tags.Count == 0 ? "none" : string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private static IEnumerable<Input> Models(CompiledWorkload workload)
    {
        if (workload.Document.AllowedModels is { } allowed)
        {
            yield return new("allow", DenialMessage.Join(allowed));
        }

        if (workload.Document.DeniedModels.Length > 0)
        {
            yield return new("deny", DenialMessage.Join(workload.Document.DeniedModels));
        }
    }
}
