using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Asc.DataPlane.Admission;
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

    public BoundLimit[] OfTenant(CompiledTenant tenant) => tenant.Limits.Length == 0
        ? None
        : tenants.TryGetValue(tenant, out var found) ? found : tenants.GetValue(tenant, tenant => Bind(tenant.Limits));

    public BoundLimit[] OfModel(CompiledName model) => model.Limits.Length == 0
        ? None
        : models.TryGetValue(model, out var found) ? found : models.GetValue(model, model => Bind(model.Limits));

    /// <summary>Of the tenant's requests of the class.</summary>
    public BoundLimit[] OfWorkload(CompiledWorkload workload, CompiledTenant tenant)
    {
        if (workload.Limits.Length == 0)
        {
            return None;
        }

        var ofTenant = workloads.GetOrCreateValue(tenant);
        return ofTenant.TryGetValue(workload, out var found) ? found : ofTenant.GetOrAdd(workload, BindWorkload(workload, tenant));
    }

    public BoundLimit[] OfKey(AccessKey key, LoadedGrant? grant, CompiledTenant tenant)
    {
        if (tenant.KeyLimits.Length == 0 && grant is null or { Limits.Length: 0 })
        {
            return None;
        }

        if (!keys.TryGetValue(key, out var found) || found.Tenant != tenant || found.Grant != grant)
        {
            found = new(tenant, grant, BindKey(key, grant, tenant));
            keys.AddOrUpdate(key, found);
        }

        return found.Limits;
    }

    private BoundLimit[] BindWorkload(CompiledWorkload workload, CompiledTenant tenant)
    {
        var bound = new BoundLimit[workload.Limits.Length];
        for (var i = 0; i < bound.Length; i++)
        {
            bound[i] = new(workload.Limits[i], tenant.Id, $"workload {workload.Name} in {tenant.Path}", book, shares);
        }

        return bound;
    }

    private BoundLimit[] BindKey(AccessKey key, LoadedGrant? grant, CompiledTenant tenant)
    {
        var bound = new List<BoundLimit>();
        foreach (var limit in tenant.KeyLimits)
        {
            bound.Add(new(limit, key.Id, key.Id, book, shares));
        }

        foreach (var (kind, value) in grant?.Limits ?? [])
        {
            bound.Add(new(CompiledLimit.OfKey(key.Id, kind, value), null, null, book, shares));
        }

        return [.. bound];
    }

    private BoundLimit[] Bind(ReadOnlySpan<CompiledLimit> compiled)
    {
        var bound = new BoundLimit[compiled.Length];
        for (var i = 0; i < compiled.Length; i++)
        {
            bound[i] = limits.GetValue(compiled[i], limit => new(limit, null, null, book, shares));
        }

        return bound;
    }

    private sealed record KeyLimits(CompiledTenant Tenant, LoadedGrant? Grant, BoundLimit[] Limits);
}
