using System.Collections.Immutable;
using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>
/// Turns a document into look-ups. The effective policy of a tenant is the meet of its ancestors': allow-lists and residency
/// intersect, denials add up. A document that validation would refuse may throw, but never compiles to something wider.
/// </summary>
public static class PolicyCompiler
{
    /// <exception cref="PolicyCompilationException">The document refers to what it doesn't define, or defines a thing twice.</exception>
    public static CompiledPolicy Compile(PolicyDocument document, ulong version)
    {
        var regions = RegionTable.Build(document);
        var providers = CompileProviders(document);
        var attribution = new AttributionCompiler(document);
        var names = NameCompiler.Compile(document, providers, regions, attribution);
        var workloads = WorkloadCompiler.Compile(document, attribution.Workloads, names);
        return new CompiledPolicy(version, document, regions, attribution, names.Values, workloads, Observing(document.Tenants, tenants => CompileTenants(tenants, names, regions, attribution, workloads)));
    }

    private static Dictionary<string, CompiledProvider> CompileProviders(PolicyDocument document)
    {
        var providers = new Dictionary<string, CompiledProvider>(StringComparer.Ordinal);
        foreach (var provider in document.Providers)
        {
            if (!Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out _))
            {
                throw new PolicyCompilationException($"provider {provider.Name}: baseUrl \"{provider.BaseUrl}\" is not an absolute URL");
            }

            if (!providers.TryAdd(provider.Name, new CompiledProvider(provider)))
            {
                throw new PolicyCompilationException($"provider {provider.Name} is defined twice");
            }
        }

        return providers;
    }

    // As they are enforced, and where some rules are observed only, as they would be without.
    private static List<CompiledTenant> Observing(ImmutableArray<TenantDocument> tenants, Func<IEnumerable<TenantDocument>, List<CompiledTenant>> compile)
    {
        if (tenants.All(tenant => tenant.Observe == ObservedRules.None))
        {
            return compile(tenants);
        }

        var strict = compile(tenants.Select(tenant => tenant with { Observe = ObservedRules.None })).ToDictionary(tenant => tenant.Path, StringComparer.Ordinal);
        var enforced = compile(tenants.Select(tenant => tenant.Enforced()));
        foreach (var tenant in enforced.Where(tenant => tenant.Lineage().Any(at => at.Document.Observe != ObservedRules.None)))
        {
            tenant.Strict = strict[tenant.Path];
        }

        return enforced;
    }

    private static List<CompiledTenant> CompileTenants(
        IEnumerable<TenantDocument> tenants, Dictionary<string, CompiledName> names, RegionTable regions, AttributionCompiler attribution, Dictionary<string, CompiledWorkload> workloads)
    {
        var compiled = new Dictionary<string, CompiledTenant>(StringComparer.Ordinal);
        // A parent's path is shorter than its children's, so it is compiled before them.
        foreach (var tenant in tenants.OrderBy(tenant => tenant.Path.Length))
        {
            CompiledTenant? parent = null;
            if (tenant.ParentPath is { } parentPath && !compiled.TryGetValue(parentPath, out parent))
            {
                throw new PolicyCompilationException($"tenant {tenant.Path}: no tenant {parentPath}");
            }

            if (!compiled.TryAdd(tenant.Path, CompileTenant(tenant, parent, names, regions, attribution, workloads)))
            {
                throw new PolicyCompilationException($"tenant {tenant.Path} is defined twice");
            }
        }

        return [.. compiled.Values];
    }

    private static CompiledTenant CompileTenant(
        TenantDocument tenant, CompiledTenant? parent, Dictionary<string, CompiledName> names, RegionTable regions, AttributionCompiler attribution,
        Dictionary<string, CompiledWorkload> workloads)
    {
        var nothing = new NameSet(names.Count);
        var denied = Matching(tenant.DeniedModels, names).UnionWith(parent?.Denied ?? nothing);
        var allowed = (tenant.AllowedModels, parent) switch
        {
            ({ } own, null) => Matching(own, names),
            ({ } own, _) => Matching(own, names).IntersectWith(parent.Allowed),
            (null, null) => nothing,
            (null, _) => parent.Allowed,
        };
        var permitted = (tenant.AllowedRegions, parent) switch
        {
            ({ } own, null) => regions.MaskOf(own),
            ({ } own, _) => regions.MaskOf(own) & parent.Regions,
            (null, null) => 0UL,
            (null, _) => parent.Regions,
        };
        var compiled = new CompiledTenant(tenant, parent, allowed.Without(denied), denied, permitted)
        {
            Tags = AttributionCompiler.Tags(tenant.Tags, parent?.Tags),
            DataClasses = attribution.Classes(tenant.DataClasses, parent?.DataClasses),
            AllowedWorkloads = attribution.AllowedWorkloads(tenant.Workloads, parent),
            DefaultWorkload = tenant.Workloads?.Default is { } named
                ? workloads.GetValueOrDefault(named) ?? throw new PolicyCompilationException($"tenant {tenant.Path}: no workload {named}")
                : parent?.DefaultWorkload ?? workloads[WorkloadDocument.Unstated],
        };
        LimitCompiler.Add(compiled, patterns => Matching(patterns, names));
        return compiled;
    }

    internal static NameSet Matching(IEnumerable<string> patterns, Dictionary<string, CompiledName> names)
    {
        var set = new NameSet(names.Count);
        foreach (var pattern in patterns.Select(text => new NamePattern(text)))
        {
            foreach (var name in names.Values.Where(name => pattern.Matches(name.Name)))
            {
                set.Add(name);
            }
        }

        return set;
    }
}
