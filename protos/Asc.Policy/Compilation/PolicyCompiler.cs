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
        var names = CompileNames(document, providers, regions);
        return new CompiledPolicy(version, document, regions, names.Values, CompileTenants(document, names, regions));
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

    private static Dictionary<string, CompiledName> CompileNames(
        PolicyDocument document, Dictionary<string, CompiledProvider> providers, RegionTable regions)
    {
        var names = new Dictionary<string, CompiledName>(StringComparer.Ordinal);
        foreach (var model in document.Models)
        {
            var compiled = Define(names, model.Name, isRoute: false);
            compiled.CandidateArray = [.. model.Deployments.Select(deployment => Candidate(compiled, deployment, providers, regions))];
            compiled.LimitArray = LimitCompiler.OfModel(model);
        }

        foreach (var route in document.Routes)
        {
            var compiled = Define(names, route.Name, isRoute: true);
            compiled.CandidateArray =
            [
                .. route.Targets.SelectMany(target => names.TryGetValue(target, out var model) && !model.IsRoute
                    ? model.CandidateArray
                    : throw new PolicyCompilationException($"route {route.Name}: no model {target}")),
            ];
        }

        return names;
    }

    private static CompiledName Define(Dictionary<string, CompiledName> names, string name, bool isRoute)
    {
        var compiled = new CompiledName(name, names.Count, isRoute);
        return names.TryAdd(name, compiled) ? compiled : throw new PolicyCompilationException($"the name {name} is defined twice");
    }

    private static CompiledCandidate Candidate(
        CompiledName model, DeploymentDocument deployment, Dictionary<string, CompiledProvider> providers, RegionTable regions)
    {
        if (!providers.TryGetValue(deployment.Provider, out var provider))
        {
            throw new PolicyCompilationException($"model {model.Name}: no provider {deployment.Provider}");
        }

        var region = deployment.Region ?? provider.Document.Region;
        return new CompiledCandidate(model, provider, deployment.UpstreamModel, region, regions.BitOf(region));
    }

    private static List<CompiledTenant> CompileTenants(PolicyDocument document, Dictionary<string, CompiledName> names, RegionTable regions)
    {
        var compiled = new Dictionary<string, CompiledTenant>(StringComparer.Ordinal);
        // A parent's path is shorter than its children's, so it is compiled before them.
        foreach (var tenant in document.Tenants.OrderBy(tenant => tenant.Path.Length))
        {
            CompiledTenant? parent = null;
            if (tenant.ParentPath is { } parentPath && !compiled.TryGetValue(parentPath, out parent))
            {
                throw new PolicyCompilationException($"tenant {tenant.Path}: no tenant {parentPath}");
            }

            if (!compiled.TryAdd(tenant.Path, CompileTenant(tenant, parent, names, regions)))
            {
                throw new PolicyCompilationException($"tenant {tenant.Path} is defined twice");
            }
        }

        return [.. compiled.Values];
    }

    private static CompiledTenant CompileTenant(
        TenantDocument tenant, CompiledTenant? parent, Dictionary<string, CompiledName> names, RegionTable regions)
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
        var compiled = new CompiledTenant(tenant, parent, allowed.Without(denied), denied, permitted);
        LimitCompiler.Add(compiled, patterns => Matching(patterns, names));
        return compiled;
    }

    private static NameSet Matching(IEnumerable<string> patterns, Dictionary<string, CompiledName> names)
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
