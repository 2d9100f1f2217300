using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>Which limits count a request: bound to their counters once per policy version, tenant and key, and forgotten with them.</summary>
internal sealed class LimitBinding(CounterBook book, IShareSource shares)
{
    private static readonly BoundLimit[] None = [];
    private readonly ConditionalWeakTable<CompiledLimit, BoundLimit> limits = [];
    private readonly ConditionalWeakTable<CompiledTenant, BoundLimit[]> tenants = [];
    private readonly ConditionalWeakTable<CompiledName, BoundLimit[]> models = [];
    private readonly ConditionalWeakTable<AccessKey, KeyLimits> keys = [];
    private readonly ConditionalWeakTable<CompiledTenant, ConcurrentDictionary<CompiledWorkload, BoundLimit[]>> workloads = [];

    public BoundLimit[] OfTenant(CompiledTenant tenant, EnforcedPolicy policy) => tenant.Limits.Length == 0
        ? None
        : tenants.TryGetValue(tenant, out var found) ? found : Bind(tenants, tenant, tenant.Limits, policy);

    public BoundLimit[] OfModel(CompiledName model, EnforcedPolicy policy) => model.Limits.Length == 0
        ? None
        : models.TryGetValue(model, out var found) ? found : Bind(models, model, model.Limits, policy);

    /// <summary>Of the tenant's requests of the class.</summary>
    public BoundLimit[] OfWorkload(CompiledWorkload workload, CompiledTenant tenant, EnforcedPolicy policy)
    {
        if (workload.Limits.Length == 0)
        {
            return None;
        }

        var ofTenant = workloads.GetOrCreateValue(tenant);
        return ofTenant.TryGetValue(workload, out var found) ? found : ofTenant.GetOrAdd(workload, BindWorkload(workload, tenant, policy));
    }

    public BoundLimit[] OfKey(AccessKey key, LoadedGrant? grant, CompiledTenant tenant, EnforcedPolicy policy)
    {
        if (tenant.KeyLimits.Length == 0 && grant is null or { Limits.Length: 0 })
        {
            return None;
        }

        if (!keys.TryGetValue(key, out var found) || found.Tenant != tenant || found.Grant != grant)
        {
            found = new(tenant, grant, BindKey(key, grant, tenant, policy));
            keys.AddOrUpdate(key, found);
        }

        return found.Limits;
    }

    private BoundLimit[] BindWorkload(CompiledWorkload workload, CompiledTenant tenant, EnforcedPolicy policy)
    {
        var bound = new BoundLimit[workload.Limits.Length];
        for (var i = 0; i < bound.Length; i++)
        {
            bound[i] = Bind(workload.Limits[i], tenant.Id, $"workload {workload.Name} in {tenant.Path}", policy);
        }

        return bound;
    }

    private BoundLimit[] BindKey(AccessKey key, LoadedGrant? grant, CompiledTenant tenant, EnforcedPolicy policy)
    {
        var bound = new List<BoundLimit>();
        foreach (var limit in tenant.KeyLimits)
        {
            bound.Add(Bind(limit, key.Id, key.Id, policy));
        }

        foreach (var (kind, value) in grant?.Limits ?? [])
        {
            bound.Add(Bind(CompiledLimit.OfKey(key.Id, kind, value), null, null, policy));
        }

        return [.. bound];
    }

    private BoundLimit[] Bind<T>(ConditionalWeakTable<T, BoundLimit[]> table, T owner, ReadOnlySpan<CompiledLimit> compiled, EnforcedPolicy policy)
        where T : class
    {
        var bound = new BoundLimit[compiled.Length];
        for (var i = 0; i < compiled.Length; i++)
        {
            // What a tenant inherits is bound once for all that inherit it.
            bound[i] = limits.GetValue(compiled[i], limit => Bind(limit, null, null, policy));
        }

        return table.GetValue(owner, _ => bound);
    }

    private BoundLimit Bind(CompiledLimit limit, string? subject, string? counted, EnforcedPolicy policy) => new(limit, subject, counted, policy.Order, book, shares);

    private sealed record KeyLimits(CompiledTenant Tenant, LoadedGrant? Grant, BoundLimit[] Limits);
}
