using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>Makes the classes of requests: those that are declared, and the built-in ones that aren't.</summary>
internal static class WorkloadCompiler
{
    private static readonly string[] Everything = ["*"];

    public static Dictionary<string, CompiledWorkload> Compile(PolicyDocument document, BitNames bits, Dictionary<string, CompiledName> names)
    {
        var compiled = new Dictionary<string, CompiledWorkload>(StringComparer.Ordinal);
        foreach (var workload in document.Workloads)
        {
            if (!compiled.TryAdd(workload.Name, Make(workload, bits, names)))
            {
                throw new PolicyCompilationException($"workload {workload.Name} is defined twice");
            }
        }

        foreach (var name in WorkloadDocument.BuiltIn.Where(name => !compiled.ContainsKey(name)))
        {
            compiled.Add(name, Make(new(name), bits, names));
        }

        return compiled;
    }

    private static CompiledWorkload Make(WorkloadDocument workload, BitNames bits, Dictionary<string, CompiledName> names)
    {
        var denied = PolicyCompiler.Matching(workload.DeniedModels, names);
        var allowed = PolicyCompiler.Matching(workload.AllowedModels ?? (IEnumerable<string>)Everything, names);
        return new(workload, bits.BitOf(workload.Name), allowed.Without(denied), denied, workload.Routes.IsEmpty ? null : Routes(workload, names));
    }

    private static CompiledName?[] Routes(WorkloadDocument workload, Dictionary<string, CompiledName> names)
    {
        var routes = new CompiledName?[names.Count];
        foreach (var (asked, serving) in workload.Routes)
        {
            routes[Find(asked).Index] = Find(serving);
        }

        return routes;

        CompiledName Find(string name) => names.GetValueOrDefault(name) ?? throw new PolicyCompilationException($"workload {workload.Name}: no model or route {name}");
    }
}
