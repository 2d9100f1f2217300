using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>Makes the classes of requests: those that are declared, and the built-in ones that aren't.</summary>
internal static class WorkloadCompiler
{
    private const double LowReserve = 0.2;
    private const double NormalReserve = 0.05;
    private static readonly string[] Everything = ["*"];

    public static Dictionary<string, CompiledWorkload> Compile(PolicyDocument document, BitNames bits, Dictionary<string, CompiledName> names)
    {
        var compiled = new Dictionary<string, CompiledWorkload>(StringComparer.Ordinal);
        // Nobody leaves anything to a class that isn't there.
        var normal = document.Workloads.Any(workload => workload.Priority == WorkloadPriority.High) ? NormalReserve : 0;
        foreach (var workload in document.Workloads)
        {
            if (!compiled.TryAdd(workload.Name, Make(workload, bits, names, normal)))
            {
                throw new PolicyCompilationException($"workload {workload.Name} is defined twice");
            }
        }

        foreach (var name in WorkloadDocument.BuiltIn.Where(name => !compiled.ContainsKey(name)))
        {
            compiled.Add(name, Make(new(name), bits, names, normal));
        }

        return compiled;
    }

    private static CompiledWorkload Make(WorkloadDocument workload, BitNames bits, Dictionary<string, CompiledName> names, double normal)
    {
        var denied = PolicyCompiler.Matching(workload.DeniedModels, names);
        var allowed = PolicyCompiler.Matching(workload.AllowedModels ?? (IEnumerable<string>)Everything, names);
        return new(workload, bits.BitOf(workload.Name), allowed.Without(denied), denied, workload.Routes.IsEmpty ? null : Routes(workload, names))
        {
            LimitArray = LimitCompiler.OfWorkload(workload),
            Reserve = workload.Priority switch
            {
                WorkloadPriority.Low => LowReserve,
                WorkloadPriority.High => 0,
                _ => normal,
            },
        };
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
