using Asc.Policy.Documents;

namespace Asc.Policy.Tests;

/// <summary>Tags, workloads and data classes, read naively.</summary>
/// <param name="lineage">The root first.</param>
internal sealed class ReferenceAttribution(PolicyDocument policy, TenantDocument[] lineage, Said said)
{
    private readonly TenantDocument[] nearestFirst = [.. lineage.Reverse()];

    public Dictionary<string, string> Tags
    {
        get
        {
            var tags = new Dictionary<string, string>();
            foreach (var (key, value) in (said.Key?.Tags ?? []).Concat(said.Tags).Concat(nearestFirst.SelectMany(tenant => tenant.Tags?.Default.AsEnumerable() ?? [])))
            {
                tags.TryAdd(key, value);
            }

            return tags;
        }
    }

    public string Workload => said.Workload ?? (said.Key?.Workloads is [var only] && Known.Contains(only) ? only : nearestFirst.Select(tenant => tenant.Workloads?.Default).FirstOrDefault(name => name is not null) ?? "interactive");

    public IEnumerable<string> DataClasses => said.DataClasses.Concat(said.Key?.DataClasses ?? []).Concat(lineage.SelectMany(tenant => tenant.DataClasses?.Floor ?? []));

    private IEnumerable<string> Known => new[] { "interactive", "batch", "agent" }.Concat(policy.Workloads.Select(workload => workload.Name));

    public string? Denial()
    {
        var tags = Tags;
        if ((said.Key?.Tags ?? []).Any(bound => said.Tags.Any(tag => tag.Key == bound.Key && tag.Value != bound.Value)))
        {
            return "tag_not_allowed";
        }

        if (lineage.Any(tenant => tenant.Tags?.Allow.Any(rule => tags.TryGetValue(rule.Key, out var value) && !rule.Value.Contains(value)) == true))
        {
            return "tag_not_allowed";
        }

        if (lineage.Any(tenant => tenant.Tags?.Require.Any(key => !tags.ContainsKey(key)) == true))
        {
            return "tag_required";
        }

        var mayBe = Known.Contains(Workload)
            && (said.Key?.Workloads is not { IsEmpty: false } own || own.Contains(Workload))
            && lineage.All(tenant => tenant.Workloads?.Allow is not { } allowed || allowed.Contains(Workload));
        if (!mayBe)
        {
            return "workload_not_allowed";
        }

        var ruled = lineage.SelectMany(tenant => tenant.DataClasses?.Rules.Keys ?? []).ToArray();
        return said.DataClasses.Concat(said.Key?.DataClasses ?? []).Any(name => !ruled.Contains(name)) ? "invalid_request" : null;
    }

    public bool MayAsk(string name) =>
        Declared is not { } declared || ((declared.AllowedModels is not { } allowed || allowed.Any(pattern => ReferenceEvaluator.Matches(pattern, name))) && !Denies(name));

    public bool Denies(string name) => Declared?.DeniedModels.Any(pattern => ReferenceEvaluator.Matches(pattern, name)) == true;

    public string ServingOf(string name) => Declared?.Routes.GetValueOrDefault(name) ?? name;

    public bool IsAttested(IEnumerable<string> attested) => lineage.All(tenant =>
        tenant.DataClasses?.Rules.All(rule => !DataClasses.Contains(rule.Key) || rule.Value.RequireAttestations.All(attested.Contains)) != false);

    private WorkloadDocument? Declared => policy.Workloads.FirstOrDefault(workload => workload.Name == Workload);
}
