using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>Limits apply at every level, so a tenant is counted by its own and by each ancestor's, the root's first.</summary>
internal static class LimitCompiler
{
    public static CompiledLimit[] OfModel(ModelDocument model) =>
        [.. Of(model.Limits).Select(limit => new CompiledLimit(LimitScope.Model, limit.Kind, limit.Value, model.Name, null, model.Name))];

    /// <summary>Each tenant is still to be added to the counter's name.</summary>
    public static CompiledLimit[] OfWorkload(WorkloadDocument workload) =>
        [.. Of(workload.Limits).Select(limit => new CompiledLimit(LimitScope.TenantWorkload, limit.Kind, limit.Value, workload.Name, null, workload.Name, part: workload.Name))];

    /// <summary>Adds what <paramref name="tenant"/> declares to what it inherits.</summary>
    public static void Add(CompiledTenant tenant, Func<IEnumerable<string>, NameSet> matching)
    {
        var declared = tenant.Document.Limits;
        var isObserved = tenant.Document.Observe.HasFlag(ObservedRules.Limits);
        var identity = tenant.Id.Length > 0 ? tenant.Id : tenant.Path;
        var own = Of(declared.Own).Select(limit => new CompiledLimit(LimitScope.Tenant, limit.Kind, limit.Value, identity, tenant, tenant.Path, null, isObserved));
        var models = declared.Models.SelectMany(models => Of(models.Limits).Select(limit => new CompiledLimit(
            LimitScope.TenantModels, limit.Kind, limit.Value, $"{identity} {PartOf(models)}", tenant, tenant.Path, matching(models.Models), isObserved, PartOf(models))));
        var perKey = Of(declared.PerKey).Select(limit => new CompiledLimit(LimitScope.TenantKey, limit.Kind, limit.Value, identity, tenant, "", null, isObserved));
        tenant.LimitArray = [.. tenant.Parent?.LimitArray ?? [], .. own, .. models];
        tenant.KeyLimitArray = [.. tenant.Parent?.KeyLimitArray ?? [], .. perKey];
        (tenant.MaxOutputTokens, tenant.MaxOutputOrigin) = !isObserved && declared.MaxOutputTokens is { } maximum && !(tenant.Parent?.MaxOutputTokens <= maximum)
            ? (maximum, tenant)
            : (tenant.Parent?.MaxOutputTokens, tenant.Parent?.MaxOutputOrigin);
    }

    /// <summary>Of which requests it is, whatever the order in which they are written.</summary>
    public static string PartOf(ModelLimitsDocument models) => string.Join(',', models.Models.Order(StringComparer.Ordinal));

    /// <summary>Whether something of this kind is limited.</summary>
    public static bool Limits(LimitsDocument limits, LimitKind kind) => Of(limits).Any(limit => limit.Kind == kind);

    private static IEnumerable<(LimitKind Kind, long Value)> Of(LimitsDocument limits)
    {
        if (limits.RequestsPerMinute is { } requests)
        {
            yield return (LimitKind.Requests, requests);
        }

        if (limits.TokensPerMinute is { } tokens)
        {
            yield return (LimitKind.Tokens, tokens);
        }

        if (limits.ConcurrentRequests is { } concurrent)
        {
            yield return (LimitKind.Concurrent, concurrent);
        }
    }
}
