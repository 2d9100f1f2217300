using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Comparison;

/// <summary>What a change means for one tenant, whoever made it: each part a sentence without its subject.</summary>
internal sealed class TenantDifference
{
    private readonly List<string> parts = [];

    private TenantDifference()
    {
    }

    public bool IsEmpty => parts.Count == 0;

    public static TenantDifference Between(string path, CompiledPolicy before, CompiledPolicy after)
    {
        var (from, to) = (before.FindTenant(path), after.FindTenant(path));
        var difference = new TenantDifference();
        difference.AddServed("", Served(before, from), Served(after, to));
        var (allowed, allows) = (Regions(before, from), Regions(after, to));
        difference.Add("may now be processed in", [.. allows.Except(allowed, StringComparer.Ordinal)]);
        difference.Add("may no longer be processed in", [.. allowed.Except(allows, StringComparer.Ordinal)]);
        difference.parts.AddRange(AttributionDifference.Between((before, from), (after, to)));
        var (limited, limits) = (LimitsText.Effective(from), LimitsText.Effective(to));
        difference.Add("is now limited by", [.. limits.Except(limited, StringComparer.Ordinal)]);
        difference.Add("is no longer limited by", [.. limited.Except(limits, StringComparer.Ordinal)]);
        var (loses, mayLose) = (Droppable(from), Droppable(to));
        difference.Add("is now served without what a translation can't carry", mayLose > loses ? [$"(featureGaps) {mayLose.Text()}"] : []);
        difference.Add("is now refused what a translation can't carry", mayLose < loses ? [$"(featureGaps) {loses.Text()}"] : []);
        // What a tenant has come to take, or takes no more, has been told.
        foreach (var workload in ChangedWorkloads(before.Document, after.Document).Where(name => Takes(before, from, name) && Takes(after, to, name)))
        {
            difference.AddServed($"for {workload} requests ", Served(before, from, workload), Served(after, to, workload));
        }

        foreach (var name in from is null || to is null || Attested(before.Document) == Attested(after.Document) ? [] : after.DataClasses.NamesIn(to.DataClasses.Known & ~to.DataClasses.Floor))
        {
            difference.AddServed($"for {name} data ", Served(before, from, dataClass: name), Served(after, to, dataClass: name));
        }

        return difference;
    }

    public override string ToString() => string.Join("; ", parts);

    private static RequestFeatures Droppable(CompiledTenant? tenant) => tenant is null ? RequestFeatures.None : tenant.MayLose & ~RequestFeatureNames.Hints;

    private void AddServed(string whom, Dictionary<string, string> served, Dictionary<string, string> serves)
    {
        Add($"{whom}gains", [.. serves.Keys.Except(served.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        Add($"{whom}loses", [.. served.Keys.Except(serves.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        Add($"{whom}is served otherwise for", [.. serves.Where(pair => served.TryGetValue(pair.Key, out var way) && way != pair.Value).Select(pair => pair.Key).Order(StringComparer.Ordinal)]);
    }

    private void Add(string verb, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            parts.Add($"{verb} {string.Join(", ", values)}");
        }
    }

    private static IReadOnlyList<string> Regions(CompiledPolicy policy, CompiledTenant? tenant) => tenant is null ? [] : policy.RegionsOf(tenant);

    private static bool Takes(CompiledPolicy policy, CompiledTenant? tenant, string name) => policy.FindWorkload(name) is { } workload && tenant?.Takes(workload) == true;

    private static IEnumerable<string> ChangedWorkloads(PolicyDocument before, PolicyDocument after)
    {
        var (from, to) = (Texts(before), Texts(after));
        return from.Keys.Union(to.Keys, StringComparer.Ordinal).Where(name => from.GetValueOrDefault(name) != to.GetValueOrDefault(name)).Order(StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Texts(PolicyDocument document) =>
        document.Workloads.ToDictionary(workload => workload.Name, workload => string.Join('\n', DeclarationText.Of(workload)), StringComparer.Ordinal);

    private static string Attested(PolicyDocument document) => string.Join('\n', document.Providers.Select(provider => string.Join(' ', provider.Attestations))
        .Concat(document.Models.SelectMany(model => model.Deployments.Select(deployment => deployment.Attestations is { } own ? string.Join(' ', own) : "inherited"))));

    // Each name that may be asked for and can be served, and the way it takes: for a class of requests or of data, or for those that say none.
    private static Dictionary<string, string> Served(CompiledPolicy policy, CompiledTenant? tenant, string? workload = null, string? dataClass = null)
    {
        var ways = new Dictionary<string, string>(StringComparer.Ordinal);
        var which = workload is null ? null : policy.FindWorkload(workload);
        foreach (var name in tenant is null ? [] : policy.Names.Where(tenant.Allowed.Contains))
        {
            var facts = new RequestFacts(tenant!, name, 0, null, AccessSwitches.None) { Attribution = new(Workload: which, DataClasses: policy.DataClasses.BitOf(dataClass)) };
            if (!facts.Workload.Allowed.Contains(name))
            {
                continue;
            }

            var kept = facts.Serving!.Candidates.Where(candidate => PolicyEvaluator.ExclusionOf(candidate, facts) == PolicyRule.None)
                .Select(candidate => $"{candidate.UpstreamModel}\n{candidate.Provider.Document}\n{candidate.Region}\n{candidate.Model.Traits!.Capabilities}\n{candidate.Model.Traits.Unsupported}\n{candidate.Model.Traits.Efforts}\n{candidate.Model.Traits.ThinksByBudget}\n{candidate.Model.Traits.ToolsByResponses}\n{candidate.Model.Traits.TakesCacheBreakpoints}")
                .Prepend(name.RoutingText)
                .ToArray();
            if (kept.Length > 1)
            {
                ways.Add(name.Name, string.Join('\n', kept));
            }
        }

        return ways;
    }
}
