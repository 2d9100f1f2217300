using System.Globalization;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>Limits as people read them.</summary>
internal static class LimitText
{
    public static string Of(LimitRefusal refusal) => (refusal.Kind, refusal.NodeShare) switch
    {
        (var kind, 0) => $"{Name(refusal)} is {Number(refusal.Value)}, and this node has none of it: others use it, or there is no control plane to divide it.{(kind == LimitKind.Concurrent ? "" : $" Try again in {Seconds(refusal)} s.")}",
        (LimitKind.Concurrent, { } share) when share < refusal.Value =>
            $"{Name(refusal)} is {Number(refusal.Value)}, and the {Number(share)} of it that this node has are under way for {refusal.Counted}.",
        (LimitKind.Concurrent, _) => $"{Name(refusal)} is {Number(refusal.Value)}, and as many requests of {refusal.Counted} are under way.",
        (LimitKind.Tokens, _) when refusal is { Asked: { } asked, Left: { } left } =>
            $"{Name(refusal)} is {Number(refusal.Value)}. The request may use {Number(asked)}, and at this node there is room for {Number(left)} now. Try again in {Seconds(refusal)} s.",
        _ => $"{Name(refusal)} is {Number(refusal.Value)}, and {refusal.Counted} has used what there is of it. Try again in {Seconds(refusal)} s.",
    };

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

    /// <summary>
    /// Of the limits of this kind the one that binds first where none refuses: the smallest, of equal ones the one that counts most. One that is only
    /// observed binds nobody, and a model's not who may be served by another.
    /// </summary>
    public static CompiledLimit? Bearing(RequestFacts facts, PolicyRule rule)
    {
        var models = facts.Serving?.CandidateArray.Select(candidate => candidate.Model).Distinct().Count() ?? 0;
        return Counting(facts, rule).OrderBy(limit => limit.IsObserved).ThenBy(limit => limit.Scope == LimitScope.Model && models > 1).ThenBy(limit => limit.Value).FirstOrDefault();
    }

    /// <summary>Where the limit is written that refused, else the one that bears; null where a key carries it, and where there is none.</summary>
    public static RuleDeclaration? DeclarationOf(RequestFacts facts, PolicyRule rule) => (facts.Refusal is { } refusal && refusal.Rule == rule ? refusal : null, Bearing(facts, rule)) switch
    {
        ({ Scope: { } scope } said, _) => DeclarationOf(facts, scope, said.Kind, said.Origin, said.Counted, said.Part),
        ({ } said, _) => Counting(facts, rule).FirstOrDefault(limit => IsMeant(limit, said)) is { } meant ? DeclarationOf(facts, meant) : null,
        (_, { } bearing) => DeclarationOf(facts, bearing),
        _ => null,
    };

    private static RuleDeclaration? DeclarationOf(RequestFacts facts, CompiledLimit limit) => DeclarationOf(facts, limit.Scope, limit.Kind, limit.Origin?.Path ?? "", limit.Counted, limit.Part);

    private static RuleDeclaration? DeclarationOf(RequestFacts facts, LimitScope scope, LimitKind kind, string origin, string counted, string part)
    {
        var field = FieldOf(kind);
        return scope switch
        {
            LimitScope.Tenant => new("Tenant", origin, $"spec.limits.{field}"),
            LimitScope.TenantKey => new("Tenant", origin, $"spec.limits.perKey.{field}"),
            LimitScope.TenantModels => new("Tenant", origin, PlaceOf(facts, kind, origin, part) is { } place ? $"spec.limits.models[{place}].{field}" : "spec.limits.models"),
            LimitScope.TenantWorkload => new("Workload", part, $"spec.limits.{field}"),
            LimitScope.Model => new("Model", counted, $"spec.limits.{field}"),
            _ => null,
        };
    }

    private static string? PlaceOf(RequestFacts facts, LimitKind kind, string origin, string part) => facts.Tenant.Lineage().FirstOrDefault(at => at.Path == origin) is { } declaring
        && declaring.Document.Limits.Models.ToList().FindIndex(models => LimitCompiler.PartOf(models) == part && LimitCompiler.Limits(models.Limits, kind)) is var place and >= 0 ? Number(place) : null;

    // Of a record that doesn't say whose limit it was: what a tenant counts by another name than its own, it declares for each key.
    private static bool IsMeant(CompiledLimit limit, LimitRefusal refusal) => limit.Value == refusal.Value && (limit.Origin?.Path ?? "") == refusal.Origin
        && (limit.Origin is not null ? (limit.Scope == LimitScope.TenantKey) == (refusal.Counted != refusal.Origin) : limit.Scope == LimitScope.TenantWorkload || limit.Counted == refusal.Counted);

    // What a name asks for is limited by its tenant; what serves it, by its model.
    private static IEnumerable<CompiledLimit> Counting(RequestFacts facts, PolicyRule rule) => facts.Tenant.LimitArray.Where(limit => facts.Name is not { } name || limit.Counts(name))
        .Concat(facts.Tenant.KeyLimitArray)
        .Concat(facts.KeyLimits ?? [])
        .Concat(facts.Serving?.CandidateArray.SelectMany(candidate => candidate.Model.LimitArray).Distinct() ?? [])
        .Concat(facts.Workload.LimitArray)
        .Where(limit => LimitRefusal.RuleOf(limit.Kind) == rule);

    private static IEnumerable<KeyValuePair<string, string>> Declared(RequestFacts facts, PolicyRule rule)
    {
        if (rule == PolicyRule.MaxOutputTokens)
        {
            return facts.Tenant.MaxOutputOrigin is { } origin ? [new(origin.Path, Number(facts.Tenant.MaxOutputTokens!.Value))] : [];
        }

        return Counting(facts, rule).Select(limit => new KeyValuePair<string, string>(Whose(limit), Number(limit.Value)));
    }

    private static string Whose(CompiledLimit limit) => limit.Scope switch
    {
        LimitScope.TenantModels => $"{limit.Counted}, {Listed(limit.Part)}",
        LimitScope.TenantWorkload => $"workload {limit.Counted}, each tenant",
        LimitScope.TenantKey => $"{limit.Origin!.Path}, each key",
        _ => limit.Counted,
    };

    // Of a record that doesn't say whose limit it was: see IsMeant.
    private static string Name(LimitRefusal refusal) => (refusal.Scope, refusal.Rule.WireName()) switch
    {
        (LimitScope.TenantModels, var rule) => $"{rule.Replace("limits.", $"limits.models[{Listed(refusal.Part)}].", StringComparison.Ordinal)} of {refusal.Origin}",
        (LimitScope.TenantWorkload, var rule) => $"{rule} of the Workload {refusal.Part}",
        (_, var rule) when refusal.Origin.Length == 0 => $"{rule} of {refusal.Counted}",
        (LimitScope.Tenant, var rule) => $"{rule} of {refusal.Origin}",
        (null, var rule) when refusal.Counted == refusal.Origin => $"{rule} of {refusal.Origin}",
        (_, var rule) => $"{rule.Replace("limits.", "limits.perKey.", StringComparison.Ordinal)} of {refusal.Origin}",
    };

    private static string FieldOf(LimitKind kind) => LimitRefusal.RuleOf(kind).WireName()["limits.".Length..];

    private static string Listed(string part) => part.Replace(",", ", ", StringComparison.Ordinal);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(LimitRefusal refusal) => Math.Max(1, Math.Ceiling(refusal.RetryAfterMilliseconds / 1000)).ToString(CultureInfo.InvariantCulture);
}
