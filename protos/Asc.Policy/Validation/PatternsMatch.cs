using System.Collections.Immutable;
using Asc.Policy.Compilation;

namespace Asc.Policy.Validation;

/// <summary>What allow- and deny-lists name exists, and no allowance is denied whole beside it; a pattern is a name, or a prefix and "*".</summary>
internal sealed class PatternsMatch : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        var names = context.Names.ToArray();
        return context.Document.Tenants.SelectMany(tenant => Check("Tenant", tenant.Path, tenant.AllowedModels, tenant.DeniedModels, names))
            .Concat(context.Document.Workloads.SelectMany(workload => Check("Workload", workload.Name, workload.AllowedModels, workload.DeniedModels, names)));
    }

    private static IEnumerable<PolicyProblem> Check(string kind, string name, ImmutableArray<string>? allowed, ImmutableArray<string> denied, string[] names) =>
        Check(kind, name, "spec.models.allow", allowed ?? [], names, undefinedIsError: true)
            .Concat(Check(kind, name, "spec.models.deny", denied, names, undefinedIsError: false))
            .Concat(Denied(kind, name, allowed ?? [], denied));

    private static IEnumerable<PolicyProblem> Denied(string kind, string name, ImmutableArray<string> allowed, ImmutableArray<string> denied) =>
        from index in Enumerable.Range(0, allowed.Length)
        let denial = denied.FirstOrDefault(pattern => new NamePattern(pattern).Covers(new(allowed[index])))
        where denial is not null
        select Problems.Warning(
            kind, name, $"spec.models.allow[{index}]", "allowed_and_denied", $"\"{allowed[index]}\" is allowed here and denied by \"{denial}\" of models.deny: it is denied", "remove one of the two");

    private static IEnumerable<PolicyProblem> Check(
        string kind, string resource, string list, ImmutableArray<string> patterns, string[] names, bool undefinedIsError)
    {
        for (var i = 0; i < patterns.Length; i++)
        {
            var (pattern, path) = (new NamePattern(patterns[i]), $"{list}[{i}]");
            if (pattern.Text.Length == 0 || pattern.Text.AsSpan(0, pattern.Text.Length - 1).Contains('*'))
            {
                yield return Problems.Error(kind, resource, path, "invalid_pattern", $"\"{pattern.Text}\" is not a pattern", "write a name, or a prefix and \"*\"");
            }
            else if (patterns.AsSpan(0, i).Contains(pattern.Text))
            {
                yield return Problems.Error(kind, resource, path, "duplicate", $"\"{pattern.Text}\" is listed twice", "keep one");
            }
            else if (!Array.Exists(names, name => pattern.Matches(name)))
            {
                yield return pattern.IsPrefix || !undefinedIsError
                    ? Problems.Warning(kind, resource, path, "matches_nothing", $"\"{pattern.Text}\" matches no Model and no Route", "check the spelling; it will match what is defined later")
                    : Problems.Dangling(kind, resource, path, "Model or Route", pattern.Text, names);
            }
        }
    }
}
