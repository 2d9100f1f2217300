using System.Collections.Immutable;
using System.Globalization;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A limit is a number that can be counted to; one above a parent's never binds, which is told.</summary>
internal sealed class LimitsAreSound : IPolicyRule
{
    // What fits every counter with room to spare.
    private const long Maximum = 1_000_000_000_000;

    private static readonly Func<TenantLimitsDocument, LimitsDocument> Own = static limits => limits.Own;
    private static readonly Func<TenantLimitsDocument, LimitsDocument> PerKey = static limits => limits.PerKey;

    public IEnumerable<PolicyProblem> Check(ValidationContext context) =>
        context.Document.Models.SelectMany(model => Values("Model", model.Name, "spec.limits", model.Limits))
            .Concat(context.Document.Workloads.SelectMany(workload => Values("Workload", workload.Name, "spec.limits", workload.Limits)))
            .Concat(context.Document.Tenants.SelectMany(tenant => OfTenant(tenant, context)));

    private static IEnumerable<PolicyProblem> OfTenant(TenantDocument tenant, ValidationContext context)
    {
        var limits = tenant.Limits;
        var problems = Values("Tenant", tenant.Path, "spec.limits", limits.Own)
            .Concat(Value("Tenant", tenant.Path, "spec.limits.maxOutputTokens", limits.MaxOutputTokens))
            .Concat(Values("Tenant", tenant.Path, "spec.limits.perKey", limits.PerKey))
            .Concat(AboveParent(tenant, context, "spec.limits", Own))
            .Concat(AboveParent(tenant, context, "spec.limits.perKey", PerKey))
            .Concat(Above(tenant, context, "spec.limits.maxOutputTokens", static limits => limits.MaxOutputTokens));
        var names = context.Names.ToArray();
        for (var i = 0; i < limits.Models.Length; i++)
        {
            var path = $"spec.limits.models[{i}]";
            problems = problems.Concat(Values("Tenant", tenant.Path, path, limits.Models[i].Limits))
                .Concat(limits.Models[i].Limits == LimitsDocument.None ? [LimitsNothing(tenant, path)] : [])
                .Concat(Patterns(tenant, path, limits.Models[i].Models, names))
                .Concat(CountedAlready(tenant, i));
        }

        return problems;
    }

    // Both would be one counter, with the value of either.
    private static IEnumerable<PolicyProblem> CountedAlready(TenantDocument tenant, int place)
    {
        var (entries, entry) = (tenant.Limits.Models, tenant.Limits.Models[place]);
        foreach (var (before, kinds) in entries.Take(place).Index().Where(before => before.Item.Models.ToHashSet(StringComparer.Ordinal).SetEquals(entry.Models)).Select(before => (before.Index, Both(before.Item.Limits, entry.Limits))))
        {
            foreach (var kind in kinds)
            {
                yield return Problems.Error(
                    "Tenant", tenant.Path, $"spec.limits.models[{place}].{kind}", "duplicate", $"spec.limits.models[{before}] limits the {kind} of the same models already", "keep one of them: the smaller one would bind");
            }
        }
    }

    private static IEnumerable<string> Both(LimitsDocument a, LimitsDocument b)
    {
        if (a.RequestsPerMinute is not null && b.RequestsPerMinute is not null)
        {
            yield return "requestsPerMinute";
        }

        if (a.TokensPerMinute is not null && b.TokensPerMinute is not null)
        {
            yield return "tokensPerMinute";
        }

        if (a.ConcurrentRequests is not null && b.ConcurrentRequests is not null)
        {
            yield return "concurrentRequests";
        }
    }

    private static PolicyProblem LimitsNothing(TenantDocument tenant, string path) => Problems.Error(
        "Tenant", tenant.Path, path, "required", $"{path} names models and limits nothing", "add requestsPerMinute, tokensPerMinute or concurrentRequests, or remove it");

    private static IEnumerable<PolicyProblem> Values(string kind, string name, string path, LimitsDocument limits) =>
        Value(kind, name, $"{path}.requestsPerMinute", limits.RequestsPerMinute)
            .Concat(Value(kind, name, $"{path}.tokensPerMinute", limits.TokensPerMinute))
            .Concat(Value(kind, name, $"{path}.concurrentRequests", limits.ConcurrentRequests));

    private static IEnumerable<PolicyProblem> Value(string kind, string name, string path, long? value)
    {
        if (value is < 1 or > Maximum)
        {
            yield return Problems.Error(
                kind, name, path, "out_of_range", $"{path} is {Text(value)}, and a limit is between 1 and {Text(Maximum)}",
                value < 1 ? "to permit nothing, suspend the tenant or narrow models.allow" : "remove it: it would never bind");
        }
    }

    private static IEnumerable<PolicyProblem> AboveParent(TenantDocument tenant, ValidationContext context, string path, Func<TenantLimitsDocument, LimitsDocument> part) =>
        Above(tenant, context, $"{path}.requestsPerMinute", limits => part(limits).RequestsPerMinute)
            .Concat(Above(tenant, context, $"{path}.tokensPerMinute", limits => part(limits).TokensPerMinute))
            .Concat(Above(tenant, context, $"{path}.concurrentRequests", limits => part(limits).ConcurrentRequests));

    private static IEnumerable<PolicyProblem> Above(TenantDocument tenant, ValidationContext context, string path, Func<TenantLimitsDocument, long?> part)
    {
        if (part(tenant.Limits) is { } own && context.AncestorsOf(tenant).FirstOrDefault(ancestor => part(ancestor.Limits) < own) is { } lower)
        {
            yield return Problems.Warning(
                "Tenant", tenant.Path, path, "above_parent", $"{tenant.Path} declares {Text(own)}, and {lower.Path} has {Text(part(lower.Limits))} for itself and all below it",
                $"lower it, or raise that of {lower.Path}: the smaller one binds");
        }
    }

    private static IEnumerable<PolicyProblem> Patterns(TenantDocument tenant, string path, ImmutableArray<string> patterns, string[] names)
    {
        if (patterns.Length == 0)
        {
            yield return Problems.Required("Tenant", tenant.Path, $"{path}.models", "models: [\"gpt-*\"]");
        }

        for (var i = 0; i < patterns.Length; i++)
        {
            var pattern = new NamePattern(patterns[i]);
            if (pattern.Text.Length == 0 || pattern.Text.AsSpan(0, pattern.Text.Length - 1).Contains('*'))
            {
                yield return Problems.Error(
                    "Tenant", tenant.Path, $"{path}.models[{i}]", "invalid_pattern", $"\"{pattern.Text}\" is not a pattern", "write a name, or a prefix and \"*\"");
            }
            else if (!Array.Exists(names, name => pattern.Matches(name)))
            {
                yield return Problems.Warning(
                    "Tenant", tenant.Path, $"{path}.models[{i}]", "matches_nothing", $"\"{pattern.Text}\" matches no Model and no Route", "check the spelling; it will match what is defined later");
            }
        }
    }

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
