using Asc.Policy.Compilation;

namespace Asc.Policy.Evaluation;

/// <summary>
/// What would have to change for a denied request to pass. All of it: a rule that the decision didn't come to is judged here too, so that mending
/// what is told is enough.
/// </summary>
internal static class PassConditions
{
    public static IEnumerable<string> Of(CompiledPolicy policy, RequestFacts facts, string asked, string nodeRegion)
    {
        foreach (var suspended in facts.Tenant.Lineage().Where(at => facts.Switches.SuspendedTenants.Contains(at.Id)))
        {
            yield return $"{suspended.Path} is resumed (asc tenant resume {suspended.Path})";
        }

        if ((facts.NodeRegion & facts.Tenant.Regions) == 0)
        {
            var permitted = policy.RegionsOf(facts.Tenant);
            var widened = $"residency.allow of {Narrowing(facts.Tenant, nodeRegion)} includes {nodeRegion}";
            yield return permitted.Count > 0 ? $"the request goes to a node in {DenialMessage.Join(permitted)}, or {widened}" : widened;
        }

        foreach (var condition in AttributionConditions.Of(policy, facts, asked))
        {
            yield return condition;
        }

        foreach (var condition in OfAsked(policy, facts, asked))
        {
            yield return condition;
        }

        if (facts.MaxOutputTokens > facts.Tenant.MaxOutputTokens)
        {
            yield return $"it asks for at most {facts.Tenant.MaxOutputTokens} output tokens, or limits.maxOutputTokens of {facts.Tenant.MaxOutputOrigin!.Path} is raised";
        }

        if (facts.Refusal is { } refusal)
        {
            yield return LimitText.Condition(refusal);
        }
    }

    /// <summary>What of it the name that is asked for, and what would serve it, would need.</summary>
    public static IEnumerable<string> OfAsked(CompiledPolicy policy, RequestFacts facts, string asked) => facts.Name is { } name
        ? OfName(facts, asked).Concat(OfRoute(policy, facts, name, asked))
        : OfName(facts, asked).Prepend($"a Model or Route named {asked} is published");

    private static IEnumerable<string> OfName(RequestFacts facts, string asked)
    {
        if (facts.KeyModels is { } keyModels && !NamePattern.AnyMatches(keyModels, asked))
        {
            yield return "a key of the tenant that is not narrowed, or is narrowed to it, asks";
        }

        var silent = facts.Tenant.Lineage().Where(at => at.Document.AllowedModels is { } own ? !own.Any(text => new NamePattern(text).Matches(asked)) : at.Parent is null).ToArray();
        if (silent.Length > 0)
        {
            yield return $"models.allow of {Paths(silent)} includes {asked}";
        }

        if (Denying(facts.Tenant, asked) is { Length: > 0 } denying)
        {
            yield return $"models.deny of {denying} no longer names it";
        }

        foreach (var condition in AttributionConditions.OfName(facts.Workload, asked))
        {
            yield return condition;
        }

        if (facts.Switches.DisabledModels.Contains(asked))
        {
            yield return $"the model {asked} is enabled again (asc model enable {asked})";
        }
    }

    // Of all candidates the one that least stands in the way of.
    private static IEnumerable<string> OfRoute(CompiledPolicy policy, RequestFacts facts, CompiledName name, string asked) =>
        PolicyEvaluator.ChooseRoute(facts).IsAllowed
            ? []
            : facts.Serving!.Candidates.Count == 0
            ? [$"{facts.Serving.Name} gets a deployment"]
            : facts.Serving.Candidates.Select((_, place) => OfServing(facts, name).Concat(OfCandidate(policy, facts, name, place, asked)).ToArray()).MinBy(conditions => conditions.Length) ?? [];

    // What its workload is served by in its place may be denied or switched off, whatever its candidates are.
    private static IEnumerable<string> OfServing(RequestFacts facts, CompiledName name)
    {
        if (facts.Serving is not { } serving || serving == name)
        {
            yield break;
        }

        foreach (var condition in OfDenials(facts, serving))
        {
            yield return condition;
        }

        if (facts.Switches.DisabledModels.Contains(serving.Name))
        {
            yield return $"the model {serving.Name} is enabled again (asc model enable {serving.Name})";
        }
    }

    private static IEnumerable<string> OfDenials(RequestFacts facts, CompiledName reached)
    {
        if (facts.Tenant.Denied.Contains(reached))
        {
            yield return $"models.deny of {Denying(facts.Tenant, reached.Name)} no longer names {reached.Name}";
        }

        if (facts.Workload.Denied.Contains(reached))
        {
            yield return $"models.deny of the Workload {facts.Workload.Name} no longer names {reached.Name}";
        }
    }

    private static IEnumerable<string> OfCandidate(CompiledPolicy policy, RequestFacts facts, CompiledName name, int place, string asked)
    {
        var candidate = facts.Serving!.Candidates[place];
        // What was asked for, or serves it, has been told of already.
        var isItself = candidate.Model == name || candidate.Model == facts.Serving;
        foreach (var condition in isItself ? [] : OfDenials(facts, candidate.Model))
        {
            yield return condition;
        }

        if (!facts.Tenant.MayBeProcessedIn(candidate))
        {
            var widened = $"residency.allow of {Narrowing(facts.Tenant, candidate.Region)} includes {candidate.Region}";
            var permitted = policy.RegionsOf(facts.Tenant);
            yield return permitted.Count > 0 ? $"{asked} gets a deployment in {DenialMessage.Join(permitted)}, or {widened}" : widened;
        }

        foreach (var condition in AttributionConditions.OfCandidate(policy, facts, candidate, asked))
        {
            yield return condition;
        }

        if (!isItself && facts.Switches.DisabledModels.Contains(candidate.Model.Name))
        {
            yield return $"the model {candidate.Model.Name} is enabled again (asc model enable {candidate.Model.Name})";
        }

        if (facts.Switches.DisabledProviders.Contains(candidate.Provider.Name))
        {
            yield return $"the provider {candidate.Provider.Name} is enabled again (asc provider enable {candidate.Provider.Name})";
        }

        foreach (var condition in RoutingTexts.Conditions(facts, facts.Serving!.TargetOf(place)))
        {
            yield return condition;
        }

        if ((facts.Routing.Unhealthy & (1UL << place)) != 0)
        {
            yield return $"{candidate.Provider.Name} answers again";
        }
    }

    // Every tenant on the way down whose own rule leaves the region out: a child can't be wider than its parent.
    private static string Narrowing(CompiledTenant tenant, string region) =>
        Paths(tenant.Lineage().Where(at => at.Document.AllowedRegions is { } own ? !own.Contains(region) : at.Parent is null));

    // All of them: one that is left would still deny it.
    private static string Denying(CompiledTenant tenant, string name) => Paths(tenant.Lineage().Where(at => at.Document.DeniedModels.Any(text => new NamePattern(text).Matches(name))));

    private static string Paths(IEnumerable<CompiledTenant> tenants) => string.Join(" and ", tenants.Select(at => at.Path));
}
