using Asc.Policy.Compilation;

namespace Asc.Policy.Evaluation;

/// <summary>What would have to change in what a denied request says of itself, or in the rules for it.</summary>
internal static class AttributionConditions
{
    public static IEnumerable<string> Of(CompiledPolicy policy, RequestFacts facts, string asked)
    {
        var (tenant, tags) = (facts.Tenant, facts.Tags);
        foreach (var changed in tags.Given.Where(tag => tags.Find(tag.Key) != tag.Value))
        {
            yield return $"the request leaves the tag {changed.Key} to its key, which is bound to {tags.Find(changed.Key)}";
        }

        foreach (var refused in tenant.Tags.Rules.Where(rule => tags.Find(rule.Key) is { } value && !rule.Allows(value)))
        {
            var value = tags.Find(refused.Key);
            var widened = $"tags.allow of {Paths(tenant.Lineage().Where(at => at.Document.Tags?.Allow.TryGetValue(refused.Key, out var own) == true && !own.Contains(value!)))} includes {refused.Key}={value}";
            yield return refused.Allowed!.Count > 0 ? $"the tag {refused.Key} is one of {string.Join(", ", refused.Allowed)}, or {widened}" : widened;
        }

        foreach (var lacking in tenant.Tags.Rules.Where(rule => rule.IsRequired && tags.Find(rule.Key) is null))
        {
            // One that is required and may have no value is a policy's contradiction: no request mends it.
            yield return lacking.Allowed is { Count: 0 }
                ? $"tags.allow of {Paths(tenant.Lineage().Where(at => at.Document.Tags?.Allow.ContainsKey(lacking.Key) == true))} permits a value of the tag {lacking.Key}, and the request carries it"
                : $"the request carries the tag {lacking.Key} (x-asc-tags: {lacking.Key}={AttributionTexts.Example(lacking)})";
        }

        foreach (var condition in OfWorkload(policy, facts, asked))
        {
            yield return condition;
        }

        foreach (var unknown in new[] { facts.Attribution.UnknownDataClass, facts.Attribution.Key?.UnknownDataClass }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            yield return $"dataClasses.rules of {tenant.Path} or a tenant above it defines {unknown}";
        }
    }

    private static IEnumerable<string> OfWorkload(CompiledPolicy policy, RequestFacts facts, string asked)
    {
        // Only those by which nothing else comes to stand in the way; and where the request is to be changed for a target of its route, that is for its
        // own workload: another may be served otherwise, and must need the very same.
        var asIs = PassConditions.OfAsked(policy, facts, asked).ToHashSet(StringComparer.Ordinal);
        var isRouted = facts.Name is null || PolicyEvaluator.ChooseRoute(facts).IsAllowed;
        var possible = AttributionTexts.Takes(policy, facts)
            .Where(workload => PassConditions.OfAsked(policy, As(facts, workload), asked).ToArray() is var other && (isRouted ? other.All(asIs.Contains) : asIs.SetEquals(other)))
            .Select(workload => workload.Name)
            .ToArray();
        var otherwise = possible.Length > 0 ? $"the request is {string.Join(" or ", possible)} (x-asc-workload), or " : "";
        if (facts.Attribution.UnknownWorkload is { } unknown)
        {
            yield return $"{otherwise}a Workload named {unknown} is published";
            yield break;
        }

        var workload = facts.Workload;
        if (facts.Attribution.Key is { } key && (key.Workloads & workload.Bit) == 0)
        {
            yield return $"{otherwise}a key of the tenant that is not narrowed, or is narrowed to {workload.Name}, asks";
        }

        if (!facts.Tenant.Takes(workload))
        {
            yield return $"{otherwise}workloads.allow of {Paths(facts.Tenant.Lineage().Where(at => at.Document.Workloads?.Allow is { } own && !own.Contains(workload.Name)))} includes {workload.Name}";
        }
    }

    /// <summary>What of the workload's own rules keeps it from asking for <paramref name="name"/>.</summary>
    public static IEnumerable<string> OfName(CompiledWorkload workload, string name)
    {
        if (workload.Document.AllowedModels is { } allowed && !allowed.Any(text => new NamePattern(text).Matches(name)))
        {
            yield return $"models.allow of the Workload {workload.Name} includes {name}";
        }

        if (workload.Document.DeniedModels.Any(text => new NamePattern(text).Matches(name)))
        {
            yield return $"models.deny of the Workload {workload.Name} no longer names {name}";
        }
    }

    /// <summary>What the request's data demands and <paramref name="candidate"/> doesn't attest.</summary>
    public static IEnumerable<string> OfCandidate(CompiledPolicy policy, RequestFacts facts, CompiledCandidate candidate, string asked)
    {
        var lacking = facts.Tenant.DataClasses.DemandsOf(facts.DataClasses) & ~candidate.AttestationBits;
        if (lacking != 0)
        {
            yield return $"{asked} gets a deployment that attests {string.Join(" and ", AttributionTexts.Demanded(policy, facts))}, or {candidate.UpstreamModel} of {candidate.Provider.Name} attests {string.Join(" and ", policy.Attestations.NamesIn(lacking))}";
        }
    }

    // The same request, if it were of another workload; what the node knows is by the place among what served it.
    private static RequestFacts As(RequestFacts facts, CompiledWorkload workload)
    {
        var changed = facts with { Attribution = facts.Attribution with { Workload = workload, UnknownWorkload = null } };
        return changed.Serving == facts.Serving ? changed : changed with { Routing = default };
    }

    private static string Paths(IEnumerable<CompiledTenant> tenants) => string.Join(" and ", tenants.Select(at => at.Path));
}
