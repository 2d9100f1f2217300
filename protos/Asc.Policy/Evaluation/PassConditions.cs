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

    /// <summary>What of it the name itself would need.</summary>
    public static IEnumerable<string> OfName(RequestFacts facts, string asked)
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

    private static IEnumerable<string> OfRoute(CompiledPolicy policy, RequestFacts facts, CompiledName name, string asked) =>
        PolicyEvaluator.ChooseRoute(facts).IsAllowed ? []
        : facts.Serving!.Candidates.Count == 0 ? [$"{facts.Serving.Name} gets a deployment"]
        : new PassWays(policy, facts, name, asked).Conditions();

    /// <summary>Every tenant on the way down whose own rule leaves the region out: a child can't be wider than its parent.</summary>
    public static string Narrowing(CompiledTenant tenant, string region) =>
        Paths(tenant.Lineage().Where(at => at.Document.AllowedRegions is { } own ? !own.Contains(region) : at.Parent is null));

    /// <summary>All that deny it: one that is left would still.</summary>
    public static string Denying(CompiledTenant tenant, string name) => Paths(tenant.Lineage().Where(at => at.Document.DeniedModels.Any(text => new NamePattern(text).Matches(name))));

    private static string Paths(IEnumerable<CompiledTenant> tenants) => string.Join(" and ", tenants.Select(at => at.Path));
}
