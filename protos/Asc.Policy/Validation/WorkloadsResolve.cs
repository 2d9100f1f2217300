using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>What tenants say of workloads and workloads of routes exists.</summary>
internal sealed class WorkloadsResolve : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        var known = AttributionCompiler.WorkloadsOf(context.Document).ToArray();
        return
        [
            .. context.Document.Workloads.SelectMany(workload => Routes(workload, context)),
            .. context.Document.Tenants.Where(tenant => tenant.Workloads is not null).SelectMany(tenant => Tenant(tenant, tenant.Workloads!, known)),
            .. known.Length <= BitNames.Maximum
                ? []
                : new[] { Problems.Error("", "", "", "too_many_workloads", $"the policy has {known.Length} workloads, and {BitNames.Maximum} are the most", "give what is served alike the same workload") },
        ];
    }

    private static IEnumerable<PolicyProblem> Routes(WorkloadDocument workload, ValidationContext context)
    {
        bool IsKnown(string name) => context.Models.ContainsKey(name) || context.Routes.ContainsKey(name);
        foreach (var (asked, serving) in workload.Routes)
        {
            var path = $"spec.routes.{asked}";
            foreach (var name in new[] { asked, serving }.Distinct(StringComparer.Ordinal).Where(name => !IsKnown(name)))
            {
                yield return Problems.Dangling("Workload", workload.Name, path, "Model or Route", name, context.Names);
            }

            if (asked == serving)
            {
                yield return Problems.Error("Workload", workload.Name, path, "route_to_itself", $"{asked} is served by itself anyway", "remove it, or name what serves it in its place");
            }
        }
    }

    private static IEnumerable<PolicyProblem> Tenant(TenantDocument tenant, WorkloadsDocument workloads, string[] known)
    {
        var allow = workloads.Allow ?? ImmutableArray<string>.Empty;
        for (var i = 0; i < allow.Length; i++)
        {
            var path = $"spec.workloads.allow[{i}]";
            if (!known.Contains(allow[i]))
            {
                yield return Problems.Dangling("Tenant", tenant.Path, path, "Workload", allow[i], known);
            }
            else if (allow.AsSpan(0, i).Contains(allow[i]))
            {
                yield return Problems.Error("Tenant", tenant.Path, path, "duplicate", $"\"{allow[i]}\" is listed twice", "keep one");
            }
        }

        if (workloads.Default is { } named && !known.Contains(named))
        {
            yield return Problems.Dangling("Tenant", tenant.Path, "spec.workloads.default", "Workload", named, known);
        }
    }
}
