using System.Globalization;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>Limits as people read them.</summary>
internal static class LimitText
{
    public static string Of(LimitRefusal refusal) => refusal.Kind == LimitKind.Concurrent
        ? $"{Name(refusal)} is {Number(refusal.Value)}, and as many requests of {refusal.Counted} are under way."
        : $"{Name(refusal)} is {Number(refusal.Value)}, and {refusal.Counted} has used what there is of it. Try again in {Seconds(refusal)} s.";

    public static string Condition(LimitRefusal refusal) => refusal.Kind == LimitKind.Concurrent
        ? $"another request of {refusal.Counted} ends first, or {Name(refusal)} is raised"
        : $"it comes {Seconds(refusal)} s later, or {Name(refusal)} is raised";

    /// <summary>Whether the tenant has such a rule at all, or the request met one.</summary>
    public static bool Applies(RequestFacts facts, PolicyRule rule) => facts.Refusal?.Rule == rule || Declared(facts, rule).Any();

    public static IEnumerable<KeyValuePair<string, string>> Inputs(RequestFacts facts, PolicyRule rule)
    {
        if (rule == PolicyRule.MaxOutputTokens)
        {
            yield return new("asked", facts.MaxOutputTokens is { } asked ? Number(asked) : "nothing");
        }

        foreach (var declared in Declared(facts, rule))
        {
            yield return declared;
        }

        if (facts.Refusal is { } refusal && refusal.Rule == rule)
        {
            yield return new("refused by", $"{Name(refusal)}: {Number(refusal.Value)}, counting {refusal.Counted}");
        }
    }

    /// <summary>The limit of this kind that a tenant of the lineage declares: the one that refused, else the nearest.</summary>
    /// <param name="facts">What was judged.</param>
    /// <param name="rule">Which kind of limit.</param>
    /// <param name="origin">Whose alone is meant; null: anybody's.</param>
    public static CompiledLimit? Bearing(RequestFacts facts, PolicyRule rule, string? origin) => facts.Tenant.LimitArray
        .Where(limit => facts.Name is not { } name || limit.Counts(name))
        .Concat(facts.Tenant.KeyLimitArray)
        .Where(limit => limit.Origin is not null && LimitRefusal.RuleOf(limit.Kind) == rule && (origin is null || limit.Origin.Path == origin))
        .OrderBy(limit => facts.Refusal is { } refusal && refusal.Rule == rule && refusal.Value == limit.Value && refusal.Origin == limit.Origin!.Path
            && (limit.Scope == LimitScope.TenantKey) == (refusal.Counted != refusal.Origin))
        .ThenBy(limit => limit.Origin!.Path.Length)
        .LastOrDefault();

    private static IEnumerable<KeyValuePair<string, string>> Declared(RequestFacts facts, PolicyRule rule)
    {
        if (rule == PolicyRule.MaxOutputTokens)
        {
            return facts.Tenant.MaxOutputOrigin is { } origin ? [new(origin.Path, Number(facts.Tenant.MaxOutputTokens!.Value))] : [];
        }

        var candidateModels = facts.Name is null ? [] : facts.Name.CandidateArray.SelectMany(candidate => candidate.Model.LimitArray).Distinct();
        return facts.Tenant.LimitArray.Where(limit => facts.Name is not { } name || limit.Counts(name))
            .Concat(facts.Tenant.KeyLimitArray)
            .Concat(candidateModels)
            .Concat(facts.Workload.LimitArray)
            .Where(limit => LimitRefusal.RuleOf(limit.Kind) == rule)
            .Select(limit => new KeyValuePair<string, string>(Whose(limit), Number(limit.Value)));
    }

    private static string Whose(CompiledLimit limit) => limit.Scope switch
    {
        LimitScope.TenantModels => $"{limit.Counted}, some models",
        LimitScope.TenantWorkload => $"workload {limit.Counted}, each tenant",
        LimitScope.TenantKey => $"{limit.Origin!.Path}, each key",
        _ => limit.Counted,
    };

    private static string Name(LimitRefusal refusal) => refusal.Origin.Length == 0 ? $"{refusal.Rule.WireName()} of {refusal.Counted}" : $"{FieldOf(refusal)} of {refusal.Origin}";

    // What a tenant declares and counts by another name than its own, it declares for each key.
    private static string FieldOf(LimitRefusal refusal) =>
        refusal.Counted == refusal.Origin ? refusal.Rule.WireName() : refusal.Rule.WireName().Replace("limits.", "limits.perKey.", StringComparison.Ordinal);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(LimitRefusal refusal) => Math.Max(1, Math.Ceiling(refusal.RetryAfterMilliseconds / 1000)).ToString(CultureInfo.InvariantCulture);
}
