using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>What allow- and deny-lists name exists; a pattern is a name, or a prefix and "*".</summary>
internal sealed class PatternsMatch : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        var names = context.Names.ToArray();
        return context.Document.Tenants.SelectMany(tenant =>
            Check(tenant, "spec.models.allow", tenant.AllowedModels ?? [], names, undefinedIsError: true)
                .Concat(Check(tenant, "spec.models.deny", tenant.DeniedModels, names, undefinedIsError: false)));
    }

    private static IEnumerable<PolicyProblem> Check(
        TenantDocument tenant, string list, ImmutableArray<string> patterns, string[] names, bool undefinedIsError)
    {
        for (var i = 0; i < patterns.Length; i++)
        {
            var (pattern, path) = (new NamePattern(patterns[i]), $"{list}[{i}]");
            if (pattern.Text.Length == 0 || pattern.Text.AsSpan(0, pattern.Text.Length - 1).Contains('*'))
            {
                yield return Problems.Error("Tenant", tenant.Path, path, "invalid_pattern", $"\"{pattern.Text}\" is not a pattern", "write a name, or a prefix and \"*\"");
            }
            else if (patterns.AsSpan(0, i).Contains(pattern.Text))
            {
                yield return Problems.Error("Tenant", tenant.Path, path, "duplicate", $"\"{pattern.Text}\" is listed twice", "keep one");
            }
            else if (!Array.Exists(names, name => pattern.Matches(name)))
            {
                yield return pattern.IsPrefix || !undefinedIsError
                    ? Problems.Warning("Tenant", tenant.Path, path, "matches_nothing", $"\"{pattern.Text}\" matches no Model and no Route", "check the spelling; it will match what is defined later")
                    : Problems.Dangling("Tenant", tenant.Path, path, "Model or Route", pattern.Text, names);
            }
        }
    }
}
